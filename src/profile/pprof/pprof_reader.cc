#include "profile/pprof/pprof_reader.h"

#include <fmt/core.h>

#include <utility>

#include "profile/pprof/pprof_fields.h"

namespace pmcp::profile {

Error NotAProfile(std::string what) {
  return InvalidArgument(std::move(what),
                         "Record the profile again, in pprof's format "
                         "(profile.proto, gzipped or not).");
}

void PprofReader::Fail(std::string what) {
  if (!error_) error_ = NotAProfile(std::move(what));
}

std::optional<Error> ErrorOf(WireProblem problem) {
  switch (problem) {
    case WireProblem::kNone:
      return std::nullopt;
    case WireProblem::kCutShort:
      return NotAProfile("is cut short");
    case WireProblem::kBroken:
      break;
  }
  return NotAProfile("is not a pprof profile");
}

std::optional<Error> PprofReader::error() const {
  return problem_ == WireProblem::kNone ? error_ : ErrorOf(problem_);
}

std::uint64_t PprofReader::FailAsNoNumber(std::uint32_t tag) {
  Fail(fmt::format("is not a pprof profile: field {} is not a number", tag));
  return 0;
}

std::string_view PprofReader::FailAsNoBytes(std::uint32_t tag) {
  Fail(fmt::format("is not a pprof profile: field {} is a number", tag));
  return {};
}

StringId PprofReader::FailAsNoString(std::uint64_t index) {
  Fail(fmt::format("refers to string {} of {}",
                   static_cast<std::int64_t>(index), strings_.size()));
  return 0;
}

void PprofReader::ReadValueType(WireFields message, ValueType& type) {
  using Field = pprof_fields::ValueType;
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kType:
        type.type = String(message);
        break;
      case Field::kUnit:
        type.unit = String(message);
        break;
      default:
        break;
    }
  }
}

Mapping PprofReader::ReadMapping(WireFields message) {
  using Field = pprof_fields::Mapping;
  Mapping m;
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        m.id = Number(message);
        break;
      case Field::kMemoryStart:
        m.memory_start = Number(message);
        break;
      case Field::kMemoryLimit:
        m.memory_limit = Number(message);
        break;
      case Field::kFileOffset:
        m.file_offset = Number(message);
        break;
      case Field::kFilename:
        m.filename = String(message);
        break;
      case Field::kBuildId:
        m.build_id = String(message);
        break;
      case Field::kHasFunctions:
        m.has_functions = Number(message) != 0;
        break;
      case Field::kHasFilenames:
        m.has_filenames = Number(message) != 0;
        break;
      case Field::kHasLineNumbers:
        m.has_line_numbers = Number(message) != 0;
        break;
      case Field::kHasInlineFrames:
        m.has_inline_frames = Number(message) != 0;
        break;
      default:
        break;
    }
  }
  return m;
}

Function PprofReader::ReadFunction(WireFields message) {
  using Field = pprof_fields::Function;
  Function f;
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        f.id = Number(message);
        break;
      case Field::kName:
        f.name = String(message);
        break;
      case Field::kSystemName:
        f.system_name = String(message);
        break;
      case Field::kFilename:
        f.filename = String(message);
        break;
      case Field::kStartLine:
        f.start_line = Signed(message);
        break;
      default:
        break;
    }
  }
  return f;
}

Line PprofReader::ReadLine(WireFields message, const IdIndex& functions) {
  using Field = pprof_fields::Line;
  Line line;
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kFunctionId:
        line.function = functions.Find(Number(message));
        break;
      case Field::kLine:
        line.line = Signed(message);
        break;
      case Field::kColumn:
        line.column = Signed(message);
        break;
      default:
        break;
    }
  }
  return line;
}

SampleLabel PprofReader::ReadLabel(WireFields message) {
  using Field = pprof_fields::Label;
  SampleLabel label;
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kKey:
        label.key = String(message);
        break;
      case Field::kStr:
        label.str = String(message);
        break;
      case Field::kNum:
        label.num = Signed(message);
        break;
      case Field::kNumUnit:
        label.num_unit = String(message);
        break;
      default:
        break;
    }
  }
  return label;
}

}  // namespace pmcp::profile
