#pragma once
// Fills the placeholders of a template with text: findings' sentences and remedies' commands are made by it.
// It does not know what a value means, nor how a number, a time or a name is written.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace validator {

// Placeholder -> text, searched from the front: a parameter put before a subject's field of the same name wins.
using Filling = std::pair<std::string_view, std::string>;
using Values = std::span<const Filling>;

// Fills every {placeholder} of `sentence`. A [bracketed piece] is dropped when one of its placeholders has no value;
// brackets do not nest. A missing value outside brackets prints "?".
//
// Subject fields, spelled as people read them:
//   {zone}       the zone, delegated child, key's, DS's or anchor's zone of the subject; for other subjects the zone
//                in which it was found
//   {name}       owner, denied name or name asked for      {type}    its type, "MX"
//   {tag}        key tag, "12345"                          {signer}  signer's name
//   {algorithm}  "13 ECDSAP256SHA256"                      {digest}  "2 SHA-256"
//   {server}     name and address, "ns1.example.org. (192.0.2.1)"
// Lists are joined by ", ", keys and DS as "12345 (13 ECDSAP256SHA256)", durations "3 days", serials as "192.0.2.1 has
// 2026112301"; octets, bits and counts are bare numbers. An empty text counts as no value.
// Every parameter of the row goes by its own name; words of closed lists through in_words().
std::string render(std::string_view sentence, Values values);

// Fills the placeholders that have a value and leaves the others as {name}, so that a person sees what to fill in.
// Brackets and braces that are no placeholder stay as they are.
std::string fill(std::string_view text, Values values);

// Returns: the names of all placeholders of `text`, in order of appearance, repetitions included.
std::vector<std::string_view> placeholders(std::string_view text);

}  // namespace validator
