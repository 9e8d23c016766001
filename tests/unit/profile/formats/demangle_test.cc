#include "profile/formats/demangle.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

TEST(Demangle, ReadsTheNamesOfCpp) {
  const std::pair<const char*, const char*> names[] = {
      {"_ZN5store4Page4loadEv", "store::Page::load"},
      {"_ZN5store4Page3getEi", "store::Page::get"},
      {"__ZN5store4Page3getEi", "store::Page::get"},
      {"_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector::push_back"},
      {"_ZN12_GLOBAL__N_14workEi", "(anonymous namespace)::work"},
      {"_ZN1AclEi", "A::operator()"},
      {"_ZltRK1AS1_", "operator<"},
      {"_Z3fooIiET_S0_", "foo"},
      {"_ZNK1A3getEv", "A::get"},
      {"_ZTV1A", "vtable for A"},
      {"_ZZ4mainENKUlvE_clEv", "main::{lambda"},
  };
  for (const auto& [mangled, name] : names) {
    const auto text = Demangle(mangled);
    ASSERT_TRUE(text) << mangled;
    // A lambda keeps what a compiler calls it; its beginning is enough.
    EXPECT_TRUE(text->starts_with(name)) << mangled << ": " << *text;
  }
}

TEST(Demangle, ReadsTheNamesOfRust) {
  const std::pair<const char*, const char*> names[] = {
      // The old form.
      {"_ZN4core3fmt9Formatter3pad17h0123456789abcdefE",
       "core::fmt::Formatter::pad"},
      {"_ZN50_$LT$T$u20$as$u20$core..convert..Into$LT$U$GT$$GT$4into17h01234567"
       "89abcdefE",
       "<T as core::convert::Into<U>>::into"},
      // The v0 form, with the examples of RFC 2603.
      {"_RNvCs1234_7mycrate3run", "mycrate::run"},
      {"_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar"},
      {"_RNCNvCs1234_7mycrate4main0", "mycrate::main::{closure}"},
      {"_RINvCs1234_7mycrate3foolE", "mycrate::foo"},
      {"_RNvMs_NtCs1234_7mycrate3fooNtB4_3Bar3baz", "mycrate::foo::Bar::baz"},
      {"_RNvXs_Cs1234_7mycrateNtB4_3FooNtB4_3Bar3baz",
       "<mycrate::Foo as mycrate::Bar>::baz"},
      {"_RNvCs1234_7mycrate3run.llvm.123456", "mycrate::run"},
  };
  for (const auto& [mangled, name] : names) {
    EXPECT_EQ(Demangle(mangled), name) << mangled;
  }
}

TEST(Demangle, LeavesOtherNames) {
  for (const char* name :
       {"main.(*T).Get", "_start", "__libc_start_main", "_Z", "_R", "_RNv",
        "_RNvC7mycrate99run", "", "_Zxyz", "_R1NvC1a1b"}) {
    EXPECT_EQ(Demangle(name), std::nullopt) << name;
  }
}

TEST(Demangle, EndsWithinBoundsOnNamesMadeToGrow) {
  // Each reference repeats the tuple before it.
  std::string grows = "_RINvC1a1bTlllllllE";
  for (int i = 0; i < 200; ++i) grows += "TB8_B8_B8_B8_E";
  grows += "E";
  const auto text = Demangle(grows);
  EXPECT_LE(text.value_or("").size(), kMaxMangledBytes);
  EXPECT_EQ(Demangle("_R" + std::string(4000, 'I')), std::nullopt);
  EXPECT_EQ(Demangle("_ZN" + std::string(kMaxMangledBytes, '1')), std::nullopt);
}

TEST(Demangle, TakesAnyBytes) {
  test::SplitMix64 random(7);
  constexpr std::string_view kLetters = "CMXYNIBEKLTRQPOFDGAS_s0123456789abchj";
  for (int i = 0; i < 20'000; ++i) {
    std::string name = random.OneIn(4) ? "_ZN" : "_R";
    const std::size_t size = random.Below(40);
    for (std::size_t j = 0; j < size; ++j) {
      name.push_back(kLetters[random.Below(kLetters.size())]);
    }
    const auto text = Demangle(name);
    EXPECT_NE(text, "") << name;
  }
}

TEST(SimplifyCpp, LeavesOutTypesAndParameters) {
  const std::pair<const char*, const char*> names[] = {
      {"std::map<int, A>::find(int const&) const", "std::map::find"},
      {"void foo<int>(int)", "foo"},
      {"A::operator<<(std::ostream&)", "A::operator<<"},
      {"(anonymous namespace)::work(int)", "(anonymous namespace)::work"},
      {"int (anonymous namespace)::work<int>(int)",
       "(anonymous namespace)::work"},
      {"foo(int) [clone .isra.0]", "foo"},
      {"A::operator unsigned int() const", "A::operator unsigned int"},
  };
  for (const auto& [full, simple] : names) {
    EXPECT_EQ(SimplifyCpp(full), simple) << full;
  }
}

}  // namespace
}  // namespace pmcp::profile
