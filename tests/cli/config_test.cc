// Configuration files against cli.md §10 and trustwalk.toml(5): what holds, what beats what, what is refused. Files are
// texts here; nothing is opened.
#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/cli/spoken.h"

namespace {

using cli::Options;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Texts = std::map<std::string, std::string>;

cli::Surroundings around(const Texts& texts, std::vector<std::string> usual = {"etc", "own"}) {
  cli::Surroundings made;
  made.files = std::move(usual);
  made.read = [texts](const std::string& path) -> std::expected<std::optional<std::string>, std::string> {
    const auto found = texts.find(path);
    return found == texts.end() ? std::nullopt : std::optional(found->second);
  };
  return made;
}

cli::Parsed parsed(std::string_view line, const cli::Surroundings& surroundings) {
  return cli::parse(spoken::words(line), surroundings);
}

Options options(std::string_view line, const Texts& texts) { return std::get<Options>(parsed(line, around(texts))); }

std::string fault(std::string_view line, const Texts& texts) {
  const auto all = parsed(line, around(texts));
  const auto* file = std::get_if<cli::Unreadable>(&all);
  return file == nullptr ? "none" : file->text;
}

TEST(Config, a_setting_is_what_would_be_typed) {
  const auto set =
      options("example.org", {{"etc",
                               "timeout = 3\nretries = 1\nsigner = \"knot\"\nall-probes = true\n"
                               "digests = [2, 4]\nanchors = [\"a\", \"b\"]\nlevel = 'error'\nquick = false\n"}});
  const auto typed = spoken::options(
      "example.org --timeout 3 --retries 1 --signer knot --all-probes --digests 2,4 --anchors a --anchors b --level "
      "error");
  EXPECT_EQ(set.timeout, typed.timeout);
  EXPECT_EQ(set.retries, 1);
  EXPECT_EQ(set.style.signer, typed.style.signer);
  EXPECT_EQ(set.style.probes, report::Style::Probes::all);
  EXPECT_EQ(set.policy.only_digests, typed.policy.only_digests);
  EXPECT_EQ(set.anchors.files, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(set.style.level, validator::Severity::error);
  EXPECT_FALSE(set.effort);
}

TEST(Config, the_table_of_the_verb_beats_what_holds_for_all) {
  const Texts texts{{"etc", "retries = 1\n[check]\nretries = 4\n[resolve]\nretries = 0\n"}};
  EXPECT_EQ(options("example.org", texts).retries, 4);
  EXPECT_EQ(options("resolve example.org", texts).retries, 0);
  EXPECT_EQ(options("record example.org -o x", texts).retries, 1);
}

TEST(Config, the_users_own_file_beats_the_machines_and_the_command_line_beats_both) {
  const Texts texts{{"etc", "[check]\nretries = 1\nport = 5301\n"}, {"own", "retries = 3\n"}};
  EXPECT_EQ(options("example.org", texts).retries, 3);
  EXPECT_EQ(options("example.org", texts).port, 5301);
  EXPECT_EQ(options("example.org --retries 0", texts).retries, 0);
  // A list that is typed takes the place of the whole list in the file.
  EXPECT_EQ(options("example.org -k c", {{"own", "anchors = [\"a\", \"b\"]"}}).anchors.files,
            std::vector<std::string>{"c"});
}

TEST(Config, the_environment_beats_files) {
  auto surroundings = around({{"etc", "anchors = \"a\"\ncolor = \"always\"\n"}});
  surroundings.anchors = "/some/anchors";
  surroundings.no_color = "1";
  const auto set = std::get<Options>(parsed("example.org", surroundings));
  EXPECT_TRUE(set.anchors.files.empty());  // trust.cc takes the variable then
  EXPECT_EQ(set.color, cli::Choice::automatic);
}

TEST(Config, config_names_the_only_file_and_no_config_none) {
  const Texts texts{{"etc", "retries = 1"}, {"own", "port = 5301"}, {"other", "timeout = 9"}};
  const auto one = options("example.org --config other", texts);
  EXPECT_EQ(one.retries, 2);
  EXPECT_EQ(one.port, std::nullopt);
  EXPECT_EQ(one.timeout, std::chrono::seconds(9));
  const auto none = options("example.org --no-config", texts);
  EXPECT_EQ(none.retries, 2);
  EXPECT_EQ(none.port, std::nullopt);
}

TEST(Config, the_plugin_reads_no_file_but_the_one_named) {
  const Texts texts{{"etc", "[probe]\nexit-ok = true\n"}};
  EXPECT_FALSE(options("probe -H example.org", texts).probe.exit_ok);
  EXPECT_TRUE(options("probe -H example.org --config etc", texts).probe.exit_ok);
  EXPECT_TRUE(options("check example.org", {{"etc", "[probe]\nexit-ok = true\n"}}).types.empty());  // and no fault
}

TEST(Config, what_no_verb_has_is_refused_with_its_place) {
  EXPECT_EQ(fault("example.org", {{"etc", "\ntimeot = 3\n"}}), "etc:2: no option timeot; did you mean timeout?");
  EXPECT_EQ(fault("example.org", {{"own", "[chek]\na = 1\n"}}), "own:2: no verb chek");
  EXPECT_EQ(fault("example.org", {{"own", "[replay]\nretrys = 1\n"}}), "own:2: replay has no option retrys");
  EXPECT_EQ(fault("example.org", {{"own", "all-probes = \"yes\"\n"}}), "own:1: all-probes is true or false");
  EXPECT_EQ(fault("example.org", {{"own", "timeout = true\n"}}), "own:1: timeout is a value, not true or false");
  EXPECT_THAT(fault("example.org", {{"own", "a = 1\nb = = 2\n"}}), StartsWith("own:2: "));
  EXPECT_THAT(fault("example.org", {{"own", "signer = [[1]]\n"}}), StartsWith("own:1: signer: "));
  for (const auto* key : {"help", "version", "config", "no-config", "print-config"})
    EXPECT_THAT(fault("example.org", {{"own", std::string(key) + " = true"}}), StartsWith("own:1: no option ")) << key;
  EXPECT_EQ(fault("example.org --config none", {}), "cannot read none: there is no such file");
  EXPECT_EQ(fault("example.org", {}), "none");
  EXPECT_EQ(fault("example.org", {{"own", "[module.x]\nlisten = 1\n"}}), "none");
}

TEST(Config, a_value_that_its_option_refuses_is_wrong_usage_that_names_the_file) {
  const auto all = parsed("example.org", around({{"own", "\n\nretries = \"many\"\n"}}));
  ASSERT_TRUE(std::holds_alternative<cli::Misuse>(all));
  EXPECT_THAT(std::get<cli::Misuse>(all).text, StartsWith("own:3: --retries: "));
}

TEST(Config, what_holds_is_printed_with_its_origin_and_can_be_read_again) {
  auto surroundings = around({{"etc", "retries = 1\nsigner = \"bind\"\n"}});
  surroundings.anchors = "/some/\"anchors\"";
  const auto all =
      parsed("check example.org --print-config --signer knot --anchor '. DS 1 8 2 AB' --anchor x", surroundings);
  const auto text = std::get<cli::Wish>(all).text;
  EXPECT_THAT(text, HasSubstr("# etc: read\n# own: not there\n"));
  EXPECT_THAT(text, HasSubstr("\n[check]\n"));
  EXPECT_THAT(text, HasSubstr("\nretries = \"1\"  # etc:1\n"));
  EXPECT_THAT(text, HasSubstr("\nsigner = \"knot\"  # command line\n"));
  EXPECT_THAT(text, HasSubstr("\nanchor = [\". DS 1 8 2 AB\", \"x\"]  # command line\n"));
  EXPECT_THAT(text, Not(HasSubstr("bind")));
  EXPECT_THAT(text, Not(HasSubstr("TRUSTWALK_ANCHORS")));  // beaten by --anchor
  const auto again = options("example.org", {{"etc", text}});
  EXPECT_EQ(again.retries, 1);
  EXPECT_EQ(again.anchors.records, (std::vector<std::string>{". DS 1 8 2 AB", "x"}));
}

}  // namespace
