// Man pages as scdoc(5) reads them, made from the option table and the catalogue of findings.
// It formats nothing itself: scdoc does.
#pragma once

#include <string>
#include <string_view>

namespace cli {

inline constexpr std::string_view page_words =
    "trustwalk.1, check_trustwalk.1, trustwalk-json.5, trustwalk.toml.5, trustwalk-findings.7";

// `trustwalk explain --man PAGE`. "" if there is no such page.
std::string man_page(std::string_view page);

}  // namespace cli
