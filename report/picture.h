// Picture: boxes, items, arrows and words of cli.md §9, made from chains; what is drawn, not how and not where.
// No Graphviz words, no SVG: report/dot and report/drawing have those.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace report {

enum class Tone : std::uint8_t { secure, bogus, insecure, unclear, time, absent, notice };
std::string_view to_text(Tone tone);  // the class in SVG: "secure" "bogus" …

struct Colors {
  std::string_view light, dark;
};
Colors colors(Tone tone);  // the table of cli.md §9: at least 4.5:1 on page and box

enum class Mark : std::uint8_t { none, error, warning, notice };
struct Marks {
  std::size_t errors = 0, warnings = 0, notices = 0;
};

struct Size {
  double width = 0, height = 0;  // points
};

// One node: a key, a DS, a set of records, a proof, what is denied.
struct Item {
  enum class Kind : std::uint8_t { key, ds, rrset, proof, denial, checks, empty } kind{};
  std::string id;                    // "tw-key-…", unique in the picture
  std::vector<std::string> lines{};  // the first one bold
  std::string tooltip{};
  Tone tone = Tone::secure;
  std::size_t box = 0;
  bool sep = false, anchor = false, revoked = false, opt_out = false;
  Mark mark = Mark::none;
  Size size{};
};

// One zone.
struct Box {
  std::string id, name, caption, tooltip;
  Tone tone = Tone::secure;
  bool guilty = false;  // holds the root cause
  Marks marks;
  std::optional<std::size_t> parent;
  std::size_t depth = 0;
};

struct Arrow {
  enum class Kind : std::uint8_t { signs, vouches, denies, alias, delegation, proposes } kind{};
  std::string id;
  std::size_t from = 0, to = 0;                     // items
  std::optional<std::size_t> from_box{}, to_box{};  // ends at the border of the box, not at the item
  Tone tone = Tone::secure;
  std::string label{}, tooltip{};
  bool pale = false;  // a consequence: drawn, not stressed
};

struct Note {
  std::string text{}, target{};  // target: id of the guilty element; empty: no link
  Tone tone = Tone::secure;
  enum class Weight : std::uint8_t { title, normal, small } weight = Weight::normal;
};

struct Picture {
  std::string title, description;  // for those who hear it
  std::vector<Note> notes;         // the call-out on top
  std::vector<Box> boxes;
  std::vector<Item> items;
  std::vector<Arrow> arrows;
};

Picture picture(const std::vector<validator::Chain>& chains, const Style& style);

// Width of a text in Helvetica or Arial, a little generous: no font is asked. In points.
double text_width(std::string_view text, double size);
// A name in pieces of at most `columns` characters, cut after a dot where there is one.
std::vector<std::string> pieces(const std::string& text, std::size_t columns);
// At most `columns` characters a line, cut between words; a long word is cut as a name is.
std::vector<std::string> folded(std::string_view text, std::size_t columns);
Size size_of(const Item& item);

inline constexpr double label_size = 12, caption_size = 10, title_size = 15;

}  // namespace report
