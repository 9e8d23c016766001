// Messages with more samples than one thread decodes at a time: what lies at
// the seams between chunks is read as what lies elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "profile/pprof/pprof_count.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::WireWriter;
using testing::ElementsAre;

constexpr std::size_t kSamples = 240'000;
constexpr std::uint64_t kLargestStep = 1 << 20;
constexpr std::uint64_t kNoSuchString = 77;

// Strings "", "cpu", "ns", "f", "key", "a", "b"; one function at two locations.
std::string Head() {
  WireWriter w;
  for (const char* text : {"", "cpu", "ns", "f", "key", "a", "b"}) {
    w.Bytes(6, text);
  }
  w.Message(1, WireWriter().Number(1, 1).Number(2, 2));
  w.Message(5, WireWriter().Number(1, 1).Number(2, 3));
  for (const std::uint64_t id : {1, 2}) {
    w.Message(4, WireWriter().Number(1, id).Message(
                     4, WireWriter().Number(1, 1).Number(2, id)));
  }
  return w.bytes();
}

std::uint64_t ValueOf(std::size_t sample) {
  return sample * 7919 % kLargestStep;
}

/// Of a length that depends on the index, so that no chunk ends where another
/// one would: up to three locations and two labels.
WireWriter Sample(std::size_t index, std::uint64_t label_value) {
  WireWriter sample;
  for (std::size_t i = 0; i < index % 4; ++i)
    sample.Number(1, 1 + (index + i) % 2);
  sample.Number(2, ValueOf(index));
  for (std::size_t i = 0; i < index % 3; ++i) {
    sample.Message(3, WireWriter().Number(1, 4).Number(2, label_value));
  }
  return sample;
}

std::string Samples(std::size_t begin, std::size_t end) {
  WireWriter w;
  for (std::size_t sample = begin; sample < end; ++sample) {
    w.Message(2, Sample(sample, 5 + sample % 2));
  }
  return w.bytes();
}

std::size_t ChunksOf(const std::string& message) {
  WireProblem problem = WireProblem::kNone;
  PprofCounts counts = CountPprof(message, problem);
  CountContents(counts, problem);
  EXPECT_EQ(problem, WireProblem::kNone);
  return counts.sample_chunks.size();
}

void ExpectSample(const Profile& p, std::size_t sample) {
  ASSERT_EQ(p.samples.locations(sample).size(), sample % 4);
  for (std::size_t i = 0; i < sample % 4; ++i) {
    EXPECT_EQ(p.samples.locations(sample)[i], (sample + i) % 2);
  }
  EXPECT_THAT(p.samples.values(sample),
              ElementsAre(static_cast<std::int64_t>(ValueOf(sample))));
  ASSERT_EQ(p.samples.labels(sample).size(), sample % 3);
  for (const auto& label : p.samples.labels(sample)) {
    EXPECT_EQ(label.str, 5 + sample % 2);
  }
}

void ExpectAllRows(const std::string& message) {
  ASSERT_GE(ChunksOf(message), 3u) << "make kSamples larger";
  const auto profile = DecodePprof(message);
  ASSERT_TRUE(profile.ok()) << profile.error().message;
  ASSERT_EQ(profile->samples.size(), kSamples);
  for (std::size_t sample = 0; sample < kSamples; ++sample) {
    ExpectSample(*profile, sample);
    if (testing::Test::HasFailure()) FAIL() << "sample " << sample;
  }
}

TEST(PprofChunks, AreReadAsOne) {
  ExpectAllRows(Head() + Samples(0, kSamples));
}

TEST(PprofChunks, MayComeBeforeWhatTheyReferTo) {
  ExpectAllRows(Samples(0, kSamples) + Head());
}

// A chunk is bytes of the message, whatever else they hold.
TEST(PprofChunks, MayHoldOtherFields) {
  const std::string comment = WireWriter().Number(13, 3).bytes();
  std::string message = Head();
  for (std::size_t sample = 0; sample < kSamples; sample += kSamples / 100) {
    message += Samples(sample, sample + kSamples / 100) + comment;
  }
  ExpectAllRows(message);
  EXPECT_EQ(DecodePprof(message)->comments.size(), 100u);
}

TEST(PprofChunks, CanBeWrittenAndReadAgain) {
  const auto profile = DecodePprof(Head() + Samples(0, kSamples));
  ASSERT_TRUE(profile.ok());
  const std::string bytes = EncodePprof(*profile);
  ExpectAllRows(bytes);
  EXPECT_EQ(EncodePprof(*DecodePprof(bytes)), bytes);
}

std::string Refusal(const std::string& message) {
  EXPECT_GE(ChunksOf(message), 3u);
  const auto profile = DecodePprof(message);
  return profile.ok() ? "was read" : profile.error().message;
}

// Row 2 has labels, which name the string.
std::string SampleThatNames(std::uint64_t string) {
  return WireWriter().Message(2, Sample(2, string)).bytes();
}

TEST(PprofChunks, TheFirstThatIsWrongIsTold) {
  constexpr std::size_t kMiddle = kSamples / 2;
  const std::string begin = Head() + Samples(0, kMiddle);
  const std::string end = Samples(kMiddle, kSamples);
  const std::string last = SampleThatNames(kNoSuchString + 1);
  EXPECT_EQ(Refusal(begin + end + last), "names string 78 of 7");
  EXPECT_EQ(Refusal(begin + SampleThatNames(kNoSuchString) + end + last),
            "names string 77 of 7");
}

TEST(PprofChunks, OneWrongCountOfValuesIsSeenInTheLast) {
  EXPECT_EQ(Refusal(Head() + Samples(0, kSamples) +
                    WireWriter()
                        .Message(2, WireWriter().Number(2, 1).Number(2, 2))
                        .bytes()),
            "has a sample with 2 values for 1 sample types");
}

}  // namespace
}  // namespace pmcp::profile
