#include "profile/pprof/pprof_encode.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "profile/pprof/pprof_decode.h"
#include "tests/support/profile_builder.h"
#include "tests/support/random.h"
#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using test::SplitMix64;
using test::WireWriter;

TEST(EncodePprof, WritesFieldsInOrderWithoutZeros) {
  Profile p = ProfileBuilder().Sample("a", {300}, {{"k", "v"}}).Build();
  p.time_nanos = 5;
  const std::string expected =
      WireWriter()
          .Message(1, WireWriter().Number(1, 1).Number(2, 2))
          .Message(2, WireWriter()
                          .Bytes(1, "\x01")
                          .Bytes(2, "\xac\x02")
                          .Message(3, WireWriter().Number(1, 4).Number(2, 5)))
          .Message(4, WireWriter().Number(1, 1).Message(
                          4, WireWriter().Number(1, 1).Number(2, 10)))
          .Message(5, WireWriter().Number(1, 1).Number(2, 3))
          .Bytes(6, "")
          .Bytes(6, "cpu")
          .Bytes(6, "nanoseconds")
          .Bytes(6, "a")
          .Bytes(6, "k")
          .Bytes(6, "v")
          .Number(9, 5)
          .bytes();
  EXPECT_EQ(EncodePprof(p), expected);
}

TEST(EncodePprof, WritesAnUnknownMappingAsAnIdThatNoneHas) {
  constexpr auto kLargest = std::numeric_limits<std::uint64_t>::max();
  for (const std::vector<std::uint64_t>& ids :
       {std::vector<std::uint64_t>{},
        {kLargest},
        {1, kLargest - 1, 0, kLargest, kLargest - 3}}) {
    ProfileBuilder builder;
    builder.Sample("a", 1);
    for (const std::uint64_t id : ids) {
      builder.profile().mappings.push_back({.id = id});
    }
    builder.profile().locations[0].mapping = kUnknownMapping;
    const auto decoded = DecodePprof(EncodePprof(builder.Build()));
    ASSERT_TRUE(decoded.ok()) << decoded.error().message;
    EXPECT_EQ(decoded->locations[0].mapping, kUnknownMapping);
  }
}

// A profile in which every field takes any value that it can have.
class RandomProfile {
 public:
  explicit RandomProfile(std::uint64_t seed) : random_(seed) {}

  Profile Make() {
    p_.strings.Append("");
    for (std::size_t i = random_.Below(20); i > 0; --i) {
      p_.strings.Append(std::string(random_.Below(4), Byte()));
    }
    p_.sample_types.resize(1 + random_.Below(3));
    for (ValueType& type : p_.sample_types) type = {String(), String()};
    MakeMappings();
    MakeFunctions();
    MakeLocations();
    MakeSamples();
    MakeTail();
    return std::move(p_);
  }

 private:
  char Byte() { return static_cast<char>('a' + random_.Below(26)); }
  StringId String() {
    return static_cast<StringId>(random_.Below(p_.strings.size()));
  }
  bool Bool() { return random_.OneIn(2); }
  std::uint64_t Number() { return random_.Next() >> random_.Below(64); }
  std::int64_t Signed() { return static_cast<std::int64_t>(Number()); }
  // An index below `size`, or sometimes none.
  std::uint32_t Index(std::size_t size) {
    if (size == 0 || random_.OneIn(8)) return kNoIndex;
    return static_cast<std::uint32_t>(random_.Below(size));
  }

  void MakeMappings() {
    for (std::size_t i = random_.Below(3); i > 0; --i) {
      p_.mappings.push_back({i, Number(), Number(), Number(), String(),
                             String(), Bool(), Bool(), Bool(), Bool()});
    }
  }

  void MakeFunctions() {
    const std::uint64_t spread = random_.OneIn(2) ? 1 : 1'000'003;
    for (std::size_t i = random_.Below(9); i > 0; --i) {
      p_.functions.push_back(
          {i * spread, String(), String(), String(), Signed()});
    }
  }

  void MakeLocations() {
    const std::uint64_t spread = random_.OneIn(2) ? 1 : 1'000'003;
    for (std::size_t i = random_.Below(9); i > 0; --i) {
      Location location{i * spread, Number(), Index(p_.mappings.size())};
      if (random_.OneIn(8)) location.mapping = kUnknownMapping;
      location.first_line = static_cast<std::uint32_t>(p_.lines.size());
      location.line_count = static_cast<std::uint32_t>(random_.Below(4));
      location.is_folded = Bool();
      for (std::uint32_t line = 0; line < location.line_count; ++line) {
        p_.lines.push_back({Index(p_.functions.size()), Signed(), Signed()});
      }
      p_.locations.push_back(location);
    }
  }

  void MakeSamples() {
    p_.samples.SetValueCount(p_.sample_types.size());
    for (std::size_t i = random_.Below(9); i > 0; --i) {
      std::vector<std::uint32_t> locations(random_.Below(5));
      for (auto& location : locations) location = Index(p_.locations.size());
      std::vector<std::int64_t> values(p_.sample_types.size());
      for (std::int64_t& value : values) value = Signed();
      std::vector<SampleLabel> labels(random_.Below(3));
      for (SampleLabel& label : labels) {
        label = {String(), String(), Signed(), String()};
      }
      p_.samples.Append(locations, values, labels);
    }
  }

  void MakeTail() {
    p_.drop_frames = String();
    p_.keep_frames = String();
    p_.time_nanos = Signed();
    p_.duration_nanos = Signed();
    p_.has_period_type = Bool();
    if (p_.has_period_type) p_.period_type = {String(), String()};
    p_.period = Signed();
    p_.comments.resize(random_.Below(3));
    for (StringId& comment : p_.comments) comment = String();
    p_.default_sample_type = String();
    p_.doc_url = String();
  }

  SplitMix64 random_;
  Profile p_;
};

void ExpectEqualSamples(const SampleTable& a, const SampleTable& b) {
  const auto equal = [](auto x, auto y) { return std::ranges::equal(x, y); };
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t sample = 0; sample < a.size(); ++sample) {
    EXPECT_TRUE(equal(a.locations(sample), b.locations(sample)));
    EXPECT_TRUE(equal(a.values(sample), b.values(sample)));
    EXPECT_TRUE(equal(a.labels(sample), b.labels(sample)));
  }
}

void ExpectEqual(const Profile& a, const Profile& b) {
  ASSERT_EQ(a.strings.size(), b.strings.size());
  for (StringId i = 0; i < a.strings.size(); ++i) {
    EXPECT_EQ(a.strings[i], b.strings[i]);
  }
  EXPECT_EQ(a.sample_types, b.sample_types);
  EXPECT_EQ(a.mappings, b.mappings);
  EXPECT_EQ(a.functions, b.functions);
  EXPECT_EQ(a.lines, b.lines);
  EXPECT_EQ(a.locations, b.locations);
  ExpectEqualSamples(a.samples, b.samples);
  EXPECT_EQ(a.drop_frames, b.drop_frames);
  EXPECT_EQ(a.keep_frames, b.keep_frames);
  EXPECT_EQ(a.time_nanos, b.time_nanos);
  EXPECT_EQ(a.duration_nanos, b.duration_nanos);
  EXPECT_EQ(a.has_period_type, b.has_period_type);
  EXPECT_EQ(a.period_type, b.period_type);
  EXPECT_EQ(a.period, b.period);
  EXPECT_EQ(a.comments, b.comments);
  EXPECT_EQ(a.default_sample_type, b.default_sample_type);
  EXPECT_EQ(a.doc_url, b.doc_url);
}

TEST(EncodePprof, IsUndoneByDecoding) {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    const Profile profile = RandomProfile(seed).Make();
    const auto decoded = DecodePprof(EncodePprof(profile));
    ASSERT_TRUE(decoded.ok()) << decoded.error().message;
    ExpectEqual(*decoded, profile);
  }
}

TEST(EncodePprof, IsUndoneByDecodingIntoAnotherProfile) {
  Profile used;  // by all of them, one after the other
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    const Profile profile = RandomProfile(seed).Make();
    const std::string bytes = EncodePprof(profile);
    const auto decoded = DecodePprofInto(bytes, used);
    ASSERT_TRUE(decoded.ok()) << decoded.error().message;
    ExpectEqual(used, profile);
  }
}

}  // namespace
}  // namespace pmcp::profile
