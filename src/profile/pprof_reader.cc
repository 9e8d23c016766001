#include "profile/pprof_reader.h"

#include <fmt/format.h>

#include <protozero/pbf_reader.hpp>
#include <utility>

#include "profile/pprof_fields.h"

namespace pmcp::profile {

using protozero::pbf_reader;
using protozero::pbf_wire_type;

Error NotAProfile(std::string what) {
  return InvalidArgument(std::move(what),
                         "Record the profile again, in pprof's format "
                         "(profile.proto, gzipped or not).");
}

void PprofReader::Fail(std::string what) {
  if (!error_) error_ = NotAProfile(std::move(what));
}

std::uint64_t PprofReader::Number(pbf_reader& message) {
  if (message.wire_type() == pbf_wire_type::varint) return message.get_uint64();
  Fail(fmt::format("is no pprof profile: field {} is not a number",
                   message.tag()));
  message.skip();
  return 0;
}

std::int64_t PprofReader::Signed(pbf_reader& message) {
  return static_cast<std::int64_t>(Number(message));
}

StringId PprofReader::String(pbf_reader& message) {
  return ToStringId(Number(message));
}

pbf_reader PprofReader::Message(pbf_reader& message) {
  if (message.wire_type() == pbf_wire_type::length_delimited) {
    return message.get_message();
  }
  Fail(fmt::format("is no pprof profile: field {} is a number", message.tag()));
  message.skip();
  return {};
}

StringId PprofReader::ToStringId(std::uint64_t index) {
  if (index < strings_.size()) return static_cast<StringId>(index);
  Fail(fmt::format("names string {} of {}", static_cast<std::int64_t>(index),
                   strings_.size()));
  return 0;
}

void PprofReader::ReadValueType(pbf_reader message, ValueType& type) {
  using Field = pprof_fields::ValueType;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kType:
        type.type = String(message);
        break;
      case Field::kUnit:
        type.unit = String(message);
        break;
      default:
        message.skip();
    }
  }
}

Mapping PprofReader::ReadMapping(pbf_reader message) {
  using Field = pprof_fields::Mapping;
  Mapping m;
  while (message.next()) {
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
        message.skip();
    }
  }
  return m;
}

Function PprofReader::ReadFunction(pbf_reader message) {
  using Field = pprof_fields::Function;
  Function f;
  while (message.next()) {
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
        message.skip();
    }
  }
  return f;
}

Line PprofReader::ReadLine(pbf_reader message, const IdIndex& functions) {
  using Field = pprof_fields::Line;
  Line line;
  while (message.next()) {
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
        message.skip();
    }
  }
  return line;
}

SampleLabel PprofReader::ReadLabel(pbf_reader message) {
  using Field = pprof_fields::Label;
  SampleLabel label;
  while (message.next()) {
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
        message.skip();
    }
  }
  return label;
}

}  // namespace pmcp::profile
