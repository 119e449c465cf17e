#include <gtest/gtest.h>

TEST(Borders, sources_exist) { EXPECT_TRUE(std::string_view(TRUSTWALK_SOURCE_DIR).size() > 1); }
