// Compares a recorded table, cell by cell, with the output of our tool for the
// recorded answer. One function per kind of table.
#pragma once

#include <filesystem>
#include <string>

#include "tests/oracle/question.h"
#include "tests/parity/tally.h"

namespace pmcp::parity {

struct Recorded {
  const oracle::Question& question;
  std::string table;  // or the JSON beside it
};

void CompareTypes(const Recorded& recorded, Tally& tally);
void CompareLabels(const Recorded& recorded, Tally& tally);
void CompareFunctions(const Recorded& recorded, Tally& tally);
void CompareSeries(const Recorded& recorded, Tally& tally);
void CompareSeriesWide(const Recorded& recorded, Tally& tally);
void CompareTop(const Recorded& recorded, Tally& tally);
void CompareTopJson(const Recorded& recorded, Tally& tally);
void CompareProfileExemplars(const Recorded& recorded, Tally& tally);
void CompareProfileExemplarsWithoutLabels(const Recorded& recorded,
                                          Tally& tally);
void CompareSpanExemplars(const Recorded& recorded, Tally& tally);
void CompareProfileExemplarsJson(const Recorded& recorded, Tally& tally);
void CompareSpanExemplarsJson(const Recorded& recorded, Tally& tally);

}  // namespace pmcp::parity
