#include "tools/answer/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace pmcp::tools {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

Table Numbers(int rows) {
  Table table{.columns = {{"ROW"}, {"NAME"}}};
  for (int i = 0; i < rows; ++i) {
    table.rows.push_back({std::to_string(i), "name-" + std::to_string(i)});
  }
  return table;
}

TEST(Document, PutsFactsThenTableThenNotes) {
  Document doc;
  doc.Heading("Top functions");
  doc.Note("one thing is missing");
  doc.Fact("source", "local");
  doc.Add(Numbers(1));
  doc.Notices(std::vector<source::Notice>{{"a file was left out"}});
  EXPECT_EQ(doc.ToText(),
            "Top functions\n"
            "source: local\n"
            "\n"
            "ROW  NAME\n"
            "0    name-0\n"
            "\n"
            "Note: one thing is missing\n"
            "Note: a file was left out\n");
}

TEST(Document, EndsWithLinksThatAreWholeOrNotThere) {
  const std::string longest(2000, 'x');
  const auto text = [](const std::vector<source::Link>& links) {
    Document doc;
    doc.Heading("Top functions");
    doc.Links(links);
    doc.Note("one thing is missing");
    return doc.ToText();
  };
  EXPECT_EQ(text({{"Explore", longest}, {"Elsewhere", longest + "x"}}),
            "Top functions\n\nNote: one thing is missing\n\nExplore: " +
                longest + "\n");
}

TEST(Document, LinksTakeNoRowsAway) {
  const auto rows = [](const std::vector<source::Link>& links) {
    Document doc;
    doc.Links(links);
    doc.Add(Numbers(1000));
    const std::string text = doc.ToText();
    return text.substr(0, text.find("Note: "));
  };
  EXPECT_EQ(rows({{"Explore", std::string(900, 'x')}}), rows({}));
}

TEST(Document, CutsRowsAtTheBudgetAndSaysSo) {
  Document doc;
  doc.Heading("Many");
  doc.Add(Numbers(1000));
  doc.Note("kept");
  const std::string text = doc.ToText();
  EXPECT_LE(text.size(), kAnswerBytes);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'),
            static_cast<std::ptrdiff_t>(kAnswerLines));
  EXPECT_THAT(text, HasSubstr("more rows did not fit"));
  EXPECT_THAT(text, EndsWith("Note: kept\n"));
}

TEST(Document, AllowsMoreWhenAskedFor) {
  Document doc;
  doc.Add(Numbers(1000));
  doc.AllowLargeAnswer();
  EXPECT_THAT(doc.ToText(), HasSubstr("name-999"));
}

TEST(Document, MakesEveryLineSafe) {
  Document doc;
  doc.Heading("a\nb");
  doc.Fact("selector", "{x=\"\x1b]0;title\x07\"}");
  doc.Line("\xE2\x80\xAEreversed");
  doc.Note("cut \xFF here");
  EXPECT_EQ(doc.ToText(),
            "a b\nselector: {x=\"]0;title\"}\nreversed\n\nNote: cut "
            "\xEF\xBF\xBD here\n");
}

}  // namespace
}  // namespace pmcp::tools
