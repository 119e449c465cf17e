// JSON and NDJSON against cli.md §6 and §7, member by member, and against their own schema.
#include "report/json.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/report.h"
#include "report/schema.h"
#include "tests/report/sample_chain.h"

namespace {

using rapidjson::Document;
using rapidjson::Value;

Document parsed(const std::string& text) {
  Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  EXPECT_FALSE(document.HasParseError()) << document.GetErrorOffset() << " in " << text;
  return document;
}

std::string example_of_the_specification();

// Every member of `spec` is in `ours` with the same value, in the same order; ours may have more (cli.md §6:
// additions).
void expect_covers(const Value& ours, const Value& spec, const std::string& where) {
  ASSERT_EQ(ours.GetType(), spec.GetType()) << where;
  if (spec.IsObject()) {
    auto at = ours.MemberBegin();
    for (const auto& member : spec.GetObject()) {
      const std::string name = member.name.GetString();
      while (at != ours.MemberEnd() && name != at->name.GetString()) ++at;
      ASSERT_TRUE(at != ours.MemberEnd()) << where << ": no \"" << name << "\", or not in its place";
      expect_covers(at->value, member.value, where + "." + name);
    }
  } else if (spec.IsArray()) {
    ASSERT_EQ(ours.Size(), spec.Size()) << where;
    for (rapidjson::SizeType i = 0; i < spec.Size(); ++i) {
      expect_covers(ours[i], spec[i], where + "[" + std::to_string(i) + "]");
    }
  } else {
    EXPECT_TRUE(ours == spec) << where;
  }
}

TEST(Json, the_healthy_chain_is_the_worked_example_of_the_specification) {
  const auto ours = parsed(report::json({report_test::healthy()}));
  expect_covers(ours, parsed(example_of_the_specification()), "$");
}

TEST(Json, one_question_is_an_object_several_are_an_array) {
  EXPECT_TRUE(parsed(report::json({report_test::healthy()})).IsObject());
  const auto two = parsed(report::json({report_test::healthy(), report_test::bogus_parent()}));
  ASSERT_TRUE(two.IsArray());
  EXPECT_STREQ(two[0]["verdict"].GetString(), "secure");
  EXPECT_STREQ(two[1]["verdict"].GetString(), "bogus");
}

TEST(Json, a_failed_link_points_at_its_finding_and_consequences_at_their_cause) {
  const auto document = parsed(report::json({report_test::bogus_parent()}));
  EXPECT_STREQ(document["blame"]["zone"].GetString(), "de.");
  EXPECT_STREQ(document["blame"]["party"].GetString(), "child");
  ASSERT_EQ(document["causes"].Size(), 1U);
  EXPECT_EQ(document["causes"][0].GetUint(), 0U);
  const auto& links = document["links"];
  const auto& failed = links[links.Size() - 1];
  EXPECT_FALSE(failed["ok"].GetBool());
  const auto& finding = document["findings"][failed["finding"].GetUint()];
  EXPECT_STREQ(finding["slug"].GetString(), "signature-incorrect");
  EXPECT_EQ(finding["consequence_of"].GetUint(), 0U);
  EXPECT_EQ(finding["ede"].GetInt(), 6);
  EXPECT_STREQ(finding["subject"]["signer"].GetString(), "de.");
  EXPECT_EQ(document["findings"][0]["params"]["tag"].GetUint(), 33834U);
  EXPECT_EQ(document["findings"][0]["servers"].Size(), 6U);
  EXPECT_FALSE(document["zones"][2]["reached"].GetBool());
}

// RFC 8914 §4.6, §4.7: bogus and indeterminate say something by themselves; for a proven insecure delegation there is
// no code.
TEST(Json, a_verdict_has_a_code_also_where_its_cause_has_none) {
  auto chain = report_test::bogus_parent();
  EXPECT_EQ(parsed(report::json({chain}))["ede"].GetInt(), validator::row(chain.findings[0].code).ede);
  chain.findings[0].code = validator::Code::clock_suspect;
  ASSERT_EQ(validator::row(validator::Code::clock_suspect).ede, validator::no_ede);
  EXPECT_EQ(parsed(report::json({chain}))["ede"].GetInt(), 6);
  chain.verdict = validator::Security::indeterminate;
  EXPECT_EQ(parsed(report::json({chain}))["ede"].GetInt(), 5);
  chain.verdict = validator::Security::insecure;
  EXPECT_TRUE(parsed(report::json({chain}))["ede"].IsNull());
  EXPECT_TRUE(parsed(report::json({report_test::healthy()}))["ede"].IsNull());
}

TEST(Json, a_denial_and_its_opt_out_are_nodes) {
  const auto document = parsed(report::json({report_test::insecure_delegation()}));
  const Value* denial = nullptr;
  for (const auto& node : document["nodes"].GetArray()) {
    if (std::string{"denial"} == node["kind"].GetString()) denial = &node;
  }
  ASSERT_NE(denial, nullptr);
  EXPECT_STREQ((*denial)["owner"].GetString(), "example.com.");
  EXPECT_STREQ((*denial)["wanted"].GetString(), "no-ds");
  EXPECT_TRUE((*denial)["opt_out"].GetBool());
  EXPECT_EQ((*denial)["proof"].Size(), 2U);
  EXPECT_STREQ(document["findings"][1]["params"]["next_closer"].GetString(), "example.com.");
}

TEST(Json, strangers_text_stays_text) {
  const auto document = parsed(report::json({report_test::hostile()}));
  const std::string text = document["findings"][0]["params"]["text"].GetString();
  EXPECT_TRUE(text.starts_with("</text><script>alert(1)</script>\"]]>|\x1b[31m\xef\xbf\xbd\n"));
  EXPECT_STREQ(document["target"]["name"].GetString(), report_test::hostile().name.print().c_str());
}

TEST(Json, the_same_chain_gives_the_same_octets) {
  EXPECT_EQ(report::json({report_test::rich()}), report::json({report_test::rich()}));
}

TEST(Ndjson, the_healthy_chain_is_the_line_of_the_specification) {
  // cli.md §7, to the letter.
  EXPECT_EQ(
      report::ndjson(report_test::healthy()),
      R"({"schema_version":"1.0","name":"www.example.org.","type":"A","epoch":"2026-11-24","now":"2026-11-24T03:11:00Z",)"
      R"("verdict":"secure","blame_zone":null,"blame_party":null,"cause":null,"slugs":["serials-differ"],)"
      R"("breaks_at":"2026-12-06T07:11:00Z","remaining_s":1051200,"zone":"example.org.","zones":3,"key_algorithms":[8,13],)"
      R"("digest_types":[2],"denial":"nsec","nsec3_iterations":null,"servers":2,"servers_bad":0,"errors":0,"warnings":1,)"
      R"("notices":0,"queries":34,"elapsed_ms":184,"shard":0})"
      "\n");
}

TEST(Ndjson, every_chain_is_one_line_of_the_same_columns) {
  const auto columns = [](const validator::Chain& chain) {
    std::string names;
    const auto line = report::ndjson(chain);
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    for (const auto& member : parsed(line).GetObject()) names += std::string{member.name.GetString()} + " ";
    return names;
  };
  const auto expected = columns(report_test::healthy());
  for (const auto& chain :
       {report_test::bogus_parent(), report_test::unreachable(), report_test::hostile(), report_test::rich()}) {
    EXPECT_EQ(columns(chain), expected);
  }
  EXPECT_EQ(columns(validator::Chain{}), expected) << "even of nothing";
}

TEST(Schema, everything_we_write_keeps_it) {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) GTEST_SKIP() << "no python3-jsonschema here";
  const auto folder = std::filesystem::temp_directory_path() / ("trustwalk-schema-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto save = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
  save("schema.json", report::json_schema());
  save("all.json",
       report::json({report_test::healthy(), report_test::bogus_parent(), report_test::insecure_delegation(),
                     report_test::alias_across_zones(), report_test::stale_server(), report_test::unreachable(),
                     report_test::expired(), report_test::hostile(), report_test::rich()}));
  auto broken = report::json({report_test::healthy()});
  broken.replace(broken.find("\"serials-differ\""), 16, "\"no-such-slug\"");
  save("broken.json", broken);
  save("check.py",
       "import json, sys, jsonschema\n"
       "load = lambda name: json.load(open(sys.argv[1] + '/' + name))\n"
       "schema = load('schema.json')\n"
       "jsonschema.Draft202012Validator.check_schema(schema)\n"
       "v = jsonschema.Draft202012Validator(schema)\n"
       "bad = [e.message[:300] for one in load('all.json') for e in v.iter_errors(one)]\n"
       "print('\\n'.join(bad))\n"
       "assert not v.is_valid(load('broken.json')), 'an unknown slug passes'\n"
       "sys.exit(1 if bad else 0)\n");
  const auto command = "python3 " + (folder / "check.py").string() + " " + folder.string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::filesystem::remove_all(folder);
}

// The first JSON block of cli.md §6, kept word for word.
std::string example_of_the_specification() {
  std::ifstream file(TRUSTWALK_SOURCE_DIR "/tests/report/cli-md-section-6.json");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty());
  return text.str();
}

}  // namespace
