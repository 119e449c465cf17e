#pragma once
// The catalogue of findings as text for people: one row explained, or the whole of it as a Markdown document.
// It does not format the findings of a run.

#include <string>

#include "validator/catalogue.h"
#include "validator/sentence.h"

namespace validator {

// Returns: all that is known about one row, for `trustwalk explain SLUG`: what it means, its rule, an example of its
// sentence, its parameters, and what to do per signer. Lines end in "\n" and fit 100 columns, commands excepted.
std::string explain_text(Code code);

// Returns: docs/findings.md, the whole catalogue, for `trustwalk explain list --format markdown`.
std::string catalogue_markdown();

// Returns: one line per row, slug, severity and meaning, for `trustwalk explain list`.
std::string catalogue_list();

// Returns: made-up values for every parameter of `row` and every subject field, so that its sentence can be shown.
std::vector<Filling> example_values(const Row& row);

}  // namespace validator
