#include "profile/formats/demangle_rust.h"

#include <cstddef>
#include <cstdint>

namespace pmcp::profile {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxSteps = 20'000;
constexpr std::size_t kMaxBytes = 4096;

std::string_view BasicType(char c) {
  switch (c) {
    case 'a':
      return "i8";
    case 'b':
      return "bool";
    case 'c':
      return "char";
    case 'd':
      return "f64";
    case 'e':
      return "str";
    case 'f':
      return "f32";
    case 'h':
      return "u8";
    case 'i':
      return "isize";
    case 'j':
      return "usize";
    case 'l':
      return "i32";
    case 'm':
      return "u32";
    case 'n':
      return "i128";
    case 'o':
      return "u128";
    case 'p':
      return "_";
    case 's':
      return "i16";
    case 't':
      return "u16";
    case 'u':
      return "()";
    case 'v':
      return "...";
    case 'x':
      return "i64";
    case 'y':
      return "u64";
    case 'z':
      return "!";
    default:
      return {};
  }
}

// A parser by recursive descent over the grammar of the RFC. What is wrong sets
// ok_, and everything returns at once from then on.
class Parser {
 public:
  explicit Parser(std::string_view symbol) : text_(symbol) {}

  std::optional<std::string> Parse() {
    Path();
    if (!ok_) return std::nullopt;
    return std::move(out_);
  }

 private:
  /// One level deeper, within the bounds.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      ++parser_.depth_;
      ++parser_.steps_;
      if (parser_.depth_ > kMaxDepth || parser_.steps_ > kMaxSteps ||
          parser_.out_.size() > kMaxBytes) {
        parser_.ok_ = false;
      }
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  char Next() {
    if (at_ >= text_.size()) {
      ok_ = false;
      return '\0';
    }
    return text_[at_++];
  }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }

  void Print(std::string_view text) {
    if (is_shown_) out_ += text;
  }

  /// "_" is 0, "0_" is 1.
  std::uint64_t Base62() {
    if (Take('_')) return 0;
    std::uint64_t value = 0;
    while (ok_) {
      const char c = Next();
      if (c == '_') return value + 1;
      std::uint64_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint64_t>(c - '0');
      } else if (c >= 'a' && c <= 'z') {
        digit = static_cast<std::uint64_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'Z') {
        digit = static_cast<std::uint64_t>(c - 'A' + 36);
      } else {
        ok_ = false;
      }
      value = value * 62 + digit;
      if (value > UINT32_MAX) ok_ = false;
    }
    return 0;
  }

  std::size_t Decimal() {
    std::size_t value = 0;
    if (Peek() < '0' || Peek() > '9') ok_ = false;
    if (Take('0')) return 0;
    while (ok_ && Peek() >= '0' && Peek() <= '9') {
      value = value * 10 + static_cast<std::size_t>(Next() - '0');
      if (value > text_.size()) ok_ = false;
    }
    return value;
  }

  void Disambiguator() {
    if (Take('s')) Base62();
  }

  /// Names that are not ASCII stay in punycode.
  std::string_view PlainIdentifier() {
    Take('u');
    const std::size_t size = Decimal();
    Take('_');
    if (!ok_ || size > text_.size() - at_) {
      ok_ = false;
      return {};
    }
    const std::string_view name = text_.substr(at_, size);
    at_ += size;
    return name;
  }

  std::string_view Identifier() {
    Disambiguator();
    return PlainIdentifier();
  }

  /// Calls `parse` where a back reference leads to.
  template <typename Parse>
  void BackReference(Parse parse) {
    const std::size_t start = at_ - 1;
    const std::uint64_t target = Base62();
    if (!ok_ || target >= start) {
      ok_ = false;
      return;
    }
    // What is not shown need not be looked at again.
    if (!is_shown_) return;
    const std::size_t back = at_;
    at_ = target;
    parse();
    at_ = back;
  }

  template <typename Parse>
  void Hidden(Parse parse) {
    const bool was_shown = is_shown_;
    is_shown_ = false;
    parse();
    is_shown_ = was_shown;
  }

  void Path() {
    const Level level(*this);
    if (!ok_) return;
    switch (Next()) {
      case 'C':
        Print(Identifier());
        break;
      case 'M':
        ImplPath();
        Type();
        break;
      case 'X':
        ImplPath();
        TraitPath();
        break;
      case 'Y':
        TraitPath();
        break;
      case 'N':
        NestedPath();
        break;
      case 'I':
        Path();
        while (ok_ && !Take('E')) Hidden([this] { GenericArgument(); });
        break;
      case 'B':
        BackReference([this] { Path(); });
        break;
      default:
        ok_ = false;
    }
  }

  /// Where an impl stands is not a part of the name.
  void ImplPath() {
    Disambiguator();
    Hidden([this] { Path(); });
  }

  void TraitPath() {
    Print("<");
    Type();
    Print(" as ");
    Path();
    Print(">");
  }

  void NestedPath() {
    const char name_space = Next();
    Path();
    const std::string_view name = Identifier();
    if (name_space >= 'A' && name_space <= 'Z') {
      Print(name_space == 'C' ? "::{closure" : "::{shim");
      if (!name.empty()) Print(":");
      Print(name);
      Print("}");
    } else if (!name.empty()) {
      Print("::");
      Print(name);
    }
  }

  void GenericArgument() {
    const Level level(*this);
    if (!ok_) return;
    if (Take('L')) {
      Base62();
    } else if (Take('K')) {
      Const();
    } else {
      Type();
    }
  }

  void Types() {
    for (bool is_first = true; ok_ && !Take('E'); is_first = false) {
      if (!is_first) Print(", ");
      Type();
    }
  }

  void Type() {
    const Level level(*this);
    if (!ok_) return;
    const char c = Peek();
    if (const std::string_view basic = BasicType(c); !basic.empty()) {
      ++at_;
      Print(basic);
      return;
    }
    switch (c) {
      case 'A':
      case 'S':
        ++at_;
        Print("[");
        Type();
        if (c == 'A') Hidden([this] { Const(); });
        Print("]");
        break;
      case 'T':
        ++at_;
        Print("(");
        Types();
        Print(")");
        break;
      case 'R':
      case 'Q':
        ++at_;
        Print(c == 'R' ? "&" : "&mut ");
        if (Take('L')) Base62();
        Type();
        break;
      case 'P':
      case 'O':
        ++at_;
        Print(c == 'P' ? "*const " : "*mut ");
        Type();
        break;
      case 'F':
        ++at_;
        Print("fn");
        Hidden([this] { Signature(); });
        break;
      case 'D':
        ++at_;
        Print("dyn ");
        DynBounds();
        break;
      case 'B':
        ++at_;
        BackReference([this] { Type(); });
        break;
      default:
        Path();
    }
  }

  void Binder() {
    if (Take('G')) Base62();
  }

  void Signature() {
    Binder();
    Take('U');
    if (Take('K') && !Take('C')) PlainIdentifier();
    Types();
    Type();
  }

  void DynBounds() {
    Binder();
    for (bool is_first = true; ok_ && !Take('E'); is_first = false) {
      if (!is_first) Print(" + ");
      Path();
      while (ok_ && Take('p')) {
        PlainIdentifier();
        Hidden([this] { Type(); });
      }
    }
    if (!Take('L')) ok_ = false;
    Base62();
  }

  void Const() {
    const Level level(*this);
    if (!ok_ || Take('p')) return;
    if (Take('B')) {
      BackReference([this] { Const(); });
      return;
    }
    Type();
    Take('n');
    while (ok_ && !Take('_')) {
      const char c = Next();
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) ok_ = false;
    }
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t steps_ = 0;
  bool ok_ = true;
  bool is_shown_ = true;
  std::string out_;
};

}  // namespace

std::optional<std::string> DemangleRust(std::string_view symbol) {
  constexpr std::string_view kPrefix = "_R";
  if (!symbol.starts_with(kPrefix)) return std::nullopt;
  symbol.remove_prefix(kPrefix.size());
  // A vendor's suffix: ".llvm.1234".
  symbol = symbol.substr(0, symbol.find_first_of(".$"));
  // A version: there is none but the first, which has no number.
  if (!symbol.empty() && symbol[0] >= '0' && symbol[0] <= '9') {
    return std::nullopt;
  }
  return Parser(symbol).Parse();
}

}  // namespace pmcp::profile
