// Documents that come from the tables are what the tables say.
#include <gtest/gtest.h>

#include "tests/lab/process.h"
#include "validator/catalogue_text.h"

namespace {

TEST(Documents, TheCatalogueIsTheTable) {
  const bool same =
      lab::read_file(std::string(TRUSTWALK_SOURCE_DIR) + "/docs/findings.md") == validator::catalogue_markdown();
  EXPECT_TRUE(same) << "write it anew: trustwalk explain list --format markdown -o docs/findings.md";
}

}  // namespace
