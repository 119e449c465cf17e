// The style of the HTML report: light by itself, dark on a screen that asks for it, everything unfolded on paper.
#include <fmt/format.h>

#include "report/html_parts.h"
#include "report/paint.h"

namespace report {
namespace {

constexpr std::string_view rules = R"(
:root{--paper:#fff;--panel:#f4f6f8;--line:#d5d9df;--text:#1a1d21;--faint:#565d68}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem 1.5rem 3rem;max-width:72rem;background:var(--paper);color:var(--text);
font:16px/1.5 Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 .75rem}
h3{font-size:1.0625rem;line-height:1.35;margin:0}
p{margin:.25rem 0}
.dim{color:var(--faint)}
.ref{color:var(--faint);font-size:.875rem}
.card{margin:1rem 0;padding:1rem 1.25rem;background:var(--panel);border-left:6px solid currentColor;border-radius:0 6px 6px 0}
.card>*{color:var(--text)}
.card .word{font-size:1.25rem;font-weight:bold;margin:0 0 .5rem}
.card h3{font-size:.875rem;margin:.75rem 0 0}
.word svg{vertical-align:-.15em;margin-right:.4rem}
.cause{margin:.75rem 0 0}
.who{font-weight:bold}
.todo{margin:.5rem 0 0}
.way{display:flex;flex-wrap:wrap;gap:.25rem .5rem;list-style:none;margin:1rem 0 0;padding:0}
.way li+li::before{content:"\2192\00a0";color:var(--faint)}
.way b{font-weight:bold}
details{border-top:1px solid var(--line);padding:.5rem 0}
details details{border-top:0;padding:.125rem 0}
section>details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.125rem 0}
summary:focus-visible,.wide:focus-visible,a:focus-visible{outline:3px solid #2457a6;outline-offset:2px}
.finding{margin:.75rem 0 .75rem 1.25rem;padding-left:.75rem;border-left:3px solid currentColor}
.finding>*{color:var(--text)}
.finding .ref{color:var(--faint)}
.finding .kind{font-weight:bold;color:inherit}
.wide{overflow-x:auto;margin:.5rem 0}
.wide>svg{display:block}
table{border-collapse:collapse;font-size:.875rem;min-width:100%}
caption{text-align:left;font-weight:bold;padding:.75rem 0 .25rem}
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--line);overflow-wrap:normal}
th{font-weight:bold}
tbody th{font-weight:normal}
td b,.state{font-weight:bold}
.name{overflow-wrap:anywhere;min-width:11rem}
pre{margin:.5rem 0;padding:.625rem .75rem;background:var(--panel);border:1px solid var(--line);border-radius:4px;overflow-x:auto;
font:13px/1.45 "DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}
.card pre{background:var(--paper)}
.card details{border-top:0}
ul.plain{margin:.25rem 0;padding-left:1.25rem;font-size:.875rem}
footer{margin-top:3rem;border-top:1px solid var(--line);font-size:.875rem}
a{color:inherit}
@media (max-width:40rem){body{padding:1rem}h1{font-size:1.375rem}.card{padding:.75rem 1rem}.finding{margin-left:0}}
)";

constexpr std::string_view print_rules = R"(
@media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}.card,.finding,tr,figure{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}
.wide{overflow:visible}.wide>svg{max-width:100%;height:auto;max-height:24cm}pre{white-space:pre-wrap;overflow-wrap:anywhere}}
)";

}  // namespace

std::string html_style() {
  std::string light, out{rules};
  for (int i = 0; i <= static_cast<int>(Tone::notice); ++i) {
    const auto tone = static_cast<Tone>(i);
    light += fmt::format(".{}{{color:{}}}", to_text(tone), colors(tone).light);
  }
  out += light + "\n@media screen and (prefers-color-scheme:dark){" +
         ":root{--paper:#12161c;--panel:#1b2129;--line:#38414d;--text:#e6e9ee;--faint:#a3abb7}"
         "summary:focus-visible,.wide:focus-visible,a:focus-visible{outline-color:#8ab4f8}" +
         dark_rules() + "}";
  return out + std::string{print_rules};
}

}  // namespace report
