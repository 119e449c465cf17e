#include "validator/chain.h"

namespace validator {
namespace {

int badness(Security security) {
  switch (security) {
    case Security::secure: return 0;
    case Security::insecure: return 1;
    case Security::indeterminate: return 2;
    case Security::bogus: return 3;
  }
  return 3;
}

}  // namespace

Security worse(Security left, Security right) { return badness(left) >= badness(right) ? left : right; }

Security better(Security left, Security right) {
  const auto goodness = [](Security security) {
    switch (security) {
      case Security::secure: return 3;
      case Security::insecure: return 2;
      case Security::bogus: return 1;
      case Security::indeterminate: return 0;
    }
    return 0;
  };
  return goodness(left) >= goodness(right) ? left : right;
}

}  // namespace validator
