#include "store/ingest/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::store {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool matches;
};

TEST(GlobMatches, FollowsItsTable) {
  for (const GlobCase& c : {
           GlobCase{"", "", true},
           GlobCase{"", "a", false},
           GlobCase{"a", "", false},
           GlobCase{"*", "", true},
           GlobCase{"*", "any/thing.pb.gz", true},
           GlobCase{"**", "any/thing.pb.gz", true},
           GlobCase{"cpu.pb.gz", "cpu.pb.gz", true},
           GlobCase{"cpu.pb.gz", "xcpu.pb.gz", false},
           GlobCase{"cpu.pb.gz", "cpuxpb.gz", false},
           GlobCase{"shop-*.v2.*", "shop-1.v2.cpu.pb.gz", true},
           GlobCase{"shop-*.v2.*", "shop-1.v1.cpu.pb.gz", false},
           GlobCase{"shop-*.v2.*", "sub/shop-1.v2.cpu.pb.gz", false},
           GlobCase{"*shop-*.v2.*", "sub/shop-1.v2.cpu.pb.gz", true},
           GlobCase{"sub/*", "sub/deep/x.pb.gz", true},
           GlobCase{"sub/*", "subx.pb.gz", false},
           GlobCase{"?.pb", "a.pb", true},
           GlobCase{"?.pb", ".pb", false},
           GlobCase{"a?b", "a/b", true},
           GlobCase{"*a*b*", "xxaxxbxx", true},
           GlobCase{"*a*b*", "xxbxxaxx", false},
           GlobCase{"*ab", "aab", true},
           GlobCase{"a*a", "a", false},
           GlobCase{"[ab].pb", "a.pb", false},
           GlobCase{"[ab].pb", "[ab].pb", true},
       }) {
    EXPECT_EQ(GlobMatches(c.pattern, c.path), c.matches)
        << c.pattern << " on " << c.path;
  }
}

TEST(GlobMatches, DoesNotExplode) {
  // Backtracking over every star would take exponential time.
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  EXPECT_FALSE(GlobMatches(pattern + "b", std::string(10'000, 'a')));
}

}  // namespace
}  // namespace pmcp::store
