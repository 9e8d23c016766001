"""Files and functions stay short enough to be read in one go."""

import re

from lint import Lint, code_only

MAX_FILE_LINES = 500
MAX_TEST_FILE_LINES = 600
MAX_FUNCTION_LINES = 70

_SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
_BEFORE_HEAD = re.compile(r"\s*(?:(?:public|protected|private):\s*)?")


def functions(code):
    """(first line, last line) of each function body at the level of a
    namespace or a class, by counting braces."""
    scopes = []  # of each open brace: is it a scope that holds functions?
    head_start = 0
    function = None  # (start of its head, depth of its brace)
    for match in re.finditer(r"[{};]", code):
        at = match.start()
        if match[0] == "{":
            head = code[head_start:at]
            is_scope = bool(_SCOPE.search(head)) and "(" not in head
            if function is None and all(scopes) and not is_scope and "(" in head:
                function = (head_start, len(scopes))
            scopes.append(is_scope)
        elif match[0] == "}" and scopes:
            scopes.pop()
            # `: member_{…}, other_{…} {`: the body is still to come.
            more = re.match(r"\s*[,{]", code[at + 1:at + 80])
            if function and len(scopes) == function[1] and not more:
                start = _BEFORE_HEAD.match(code, function[0]).end()
                yield (code.count("\n", 0, start) + 1,
                       code.count("\n", 0, at) + 1)
                function = None
            elif function and len(scopes) == function[1]:
                continue  # keeps the head's start
        if function is None:
            head_start = at + 1


def main():
    lint = Lint("sizes")
    for path, text in lint.files("src/**/*.h", "src/**/*.cc",
                                 "tests/**/*.h", "tests/**/*.cc"):
        limit = (MAX_FILE_LINES if path.startswith("src/")
                 else MAX_TEST_FILE_LINES)
        lines = text.count("\n")
        if lines > limit:
            lint.report(path, lines, f"{lines} lines, {limit} at most")
        # Lines of the preprocessor have braces that need no partner.
        code = re.sub(r"^[ ]*#(?:[^\n]*\\\n)*[^\n]*",
                      lambda m: re.sub(r"[^\n]", " ", m[0]),
                      code_only(text), flags=re.MULTILINE)
        for first, last in functions(code):
            length = last - first + 1
            if length > MAX_FUNCTION_LINES:
                lint.report(path, first, f"a function of {length} lines, "
                                         f"{MAX_FUNCTION_LINES} at most")
    lint.finish()


main()
