#include "profile/formats/recognize.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "base/gzip.h"
#include "profile/formats/pprof_prefix.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/profile_builder.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

std::string Pprof() {
  return EncodePprof(test::ProfileBuilder()
                         .Sample("main;serve;work", 5)
                         .Sample("main", 3)
                         .Build());
}

TEST(Recognize, KnowsPprofByItsFields) {
  EXPECT_EQ(Recognize(Pprof()).kind, FileKind::kPprof);
  EXPECT_EQ(Recognize(Gzip(Pprof())).kind, FileKind::kPprof);
  // However short: a prefix may end inside a field.
  const std::string gzip = Gzip(Pprof());
  EXPECT_EQ(Recognize(std::string_view(gzip).substr(0, gzip.size() / 2)).kind,
            FileKind::kPprof);
}

TEST(Recognize, KnowsWhatOtherFilesAre) {
  const std::pair<std::string, std::string_view> files[] = {
      {std::string("FLR\0\0\2", 6), "a recording of Java Flight Recorder"},
      {"PERFILE2xxxx", "a recording of perf (perf.data)"},
      {"heap profile: 4: 1024 [8: 2048] @ heap/1048576\n",
       "a heap profile in pprof's old text form"},
      {"goroutine 7 [chan receive]:\nmain.main()\n",
       "the stacks of goroutines as text (debug=2)"},
      {std::string("go 1.22 trace\0\0\0", 16), "a Go execution trace"},
      {R"JSON({"nodes":[{"id":1,"callFrame":{"functionName":"(root)"}}]})JSON",
       "a V8 CPU profile"},
      {R"({"$schema":"https://www.speedscope.app/file-format-schema.json"})",
       "a speedscope file"},
      {R"([{"args":{"line":1},"cat":"py-spy","name":"f","ph":"B","ts":76}])",
       "a Chrome trace"},
      {R"({"version":1.2,"mode":"wall","gc_samples":0,"missed_samples":0})",
       "a profile of stackprof as JSON"},
      {R"({"start_time":1.5,"sample_count":284,"start_call_stack":["a"]})",
       "a session of pyinstrument"},
      // Python 3.11: the tuple of the first key is not referred to again.
      {std::string("\xfb)\x03\xfa\x06"
                   "app.py\xe9\2\0\0\0",
                   16),
       "a profile of Python's cProfile"},
      {std::string("\xfb\xa9\x03\xfa\x06"
                   "app.py\xe9\2\0\0\0",
                   16),
       "a profile of Python's cProfile"},
      {std::string("\x04\x22\x4d\x18\x40\x40\xc0\x06\x37\0\0\xfa\x04memray\0",
                   20),
       "a recording of memray"},
      {"app  42/43 10.000001:   250000 cycles:u: \n"
       "\t          401100 handle+0x10 (/usr/bin/app)\n\n",
       "the output of perf script"},
      {"Warning: see below:\n  a note (of mine)\n", "text"},
      {"<?xml version=\"1.0\"?>\n<svg width=\"1200\">", "an SVG picture"},
      {"main;serve;work 12\nmain;idle 3\n", "collapsed stacks"},
      {"<!DOCTYPE html><html>", "an HTML page"},
      {"404 page not found\n", "text"},
      {"\x7f"
       "ELF\2\1\1",
       "a program"},
  };
  for (const auto& [bytes, what] : files) {
    EXPECT_EQ(Recognize(bytes).what, what) << bytes;
    EXPECT_NE(Recognize(bytes).kind, FileKind::kPprof) << bytes;
    // Each profile has one hint.
    EXPECT_EQ(Recognize(bytes).hint.empty(),
              Recognize(bytes).kind == FileKind::kOther)
        << bytes;
  }
}

TEST(Recognize, SaysNothingOfUnknownBytes) {
  test::SplitMix64 random(1);
  int pprof = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (int j = 0; j < 64; ++j) {
      bytes.push_back(static_cast<char>(random.Below(256)));
    }
    if (Recognize(bytes).kind == FileKind::kPprof) ++pprof;
  }
  EXPECT_EQ(pprof, 0);
  EXPECT_EQ(Recognize("").kind, FileKind::kOther);
}

TEST(LooksLikePprof, RefusesFieldsOfOtherMessages) {
  EXPECT_FALSE(LooksLikePprof("\x08\x01"));     // sample_type as a number
  EXPECT_FALSE(LooksLikePprof("\n\x05hello"));  // a text line
  EXPECT_FALSE(
      LooksLikePprof("\x82\x01\x01"
                     "a"));                  // field 16
  EXPECT_FALSE(LooksLikePprof("\x48\x01"));  // a time alone
}

TEST(DescribeForeign, QuotesTheFirstWordsOfAText) {
  EXPECT_EQ(DescribeForeign("404 page not found\n\n"),
            "is text, not a profile: \"404 page not found\"");
  EXPECT_EQ(DescribeForeign(std::string("go 1.22 trace\0\0\0", 16)),
            "is a Go execution trace, which is not read (go tool trace FILE "
            "opens it)");
  EXPECT_EQ(DescribeForeign("<html>\n<head><title>404 page not found</title>"
                            "</head><body> no </body></html>"),
            "is an HTML page, not a profile: \"404 page not found no\"");
  EXPECT_EQ(DescribeForeign("PERFILE2"),
            "is a recording of perf (perf.data), which is not read "
            "(perf_to_profile converts it)");
  EXPECT_EQ(DescribeForeign(Pprof()), std::nullopt);
  EXPECT_EQ(DescribeForeign("\x01\x02\x03"), std::nullopt);
}

TEST(DescribeForeign, QuotesTheFirstLineThatIsNotEmpty) {
  EXPECT_EQ(DescribeForeign("\r\n\n  not found \n"),
            "is text, not a profile: \"not found\"");
}

TEST(DescribeForeign, TextIsUtf8) {
  EXPECT_EQ(DescribeForeign("schöne Grüße"),
            "is text, not a profile: \"schöne Grüße\"");
  // A prefix may end within a character: the first byte of "ß".
  EXPECT_EQ(DescribeForeign("Gr\xc3\xbc\xc3"),
            "is text, not a profile: \"Gr\xc3\xbc\xef\xbf\xbd\"");
  // A string of 2^40 bytes in a damaged pprof file begins with a line feed.
  EXPECT_EQ(DescribeForeign("\n\x80\x80\x80\x80\x80\x20xxxx"), std::nullopt);
}

}  // namespace
}  // namespace pmcp::profile
