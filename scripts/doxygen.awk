# Doxygen input filter for include/grazing.h, whose comments are plain C comments meant to be read as they stand.
#   a block comment before a paragraph of declarations documents each of them; a comment at the end of an enumerator's line that enumerator;
#   a ruler with a title opens a section, and a comment that stands alone after it introduces the section;
#   the first comment is the page Reference, which lists the sections.
# With -v check=1 it prints nothing but the functions that have no comment, or return a status their comment says nothing of, and fails if
# there are any.

function escape(text)
{
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/[\\@#%*]/, "\\\\&", text)
    return text
}

function emit(text)
{
    if (!check) print text
}

function complain(text)
{
    if (check) print FILENAME ": " text
    missing++
}

function open_section(    name)
{
    if (title == "") return
    name = tolower(title)
    gsub(/[^a-z]+/, "_", name)
    emit("/** @defgroup " name " " title "\n" introduction "\n @{ */")
    sections = sections "- @ref " name "\n"
    section_open = 1
    title = introduction = ""
}

function document(line,    name)
{
    open_section()
    if (comment != "") emit("/** " comment " */")
    if (line !~ /^GRZ_API/) return
    name = line
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    if (comment == "") complain(name " has no comment")
    else if (line ~ /^GRZ_API grz_status grz_/ && comment !~ /Returns/) complain(name " does not say what it returns")
}

# Rulers.
/^\/\* -+ .* \*\/$/ {
    if (section_open) emit("/** @} */")
    section_open = 0
    title = $0
    sub(/^\/\* -+ /, "", title)
    sub(/ \*\/$/, "", title)
    title = toupper(substr(title, 1, 1)) substr(title, 2)
    next
}

# Block comments at the left margin; " * " at the beginning of their lines goes.
in_comment || /^\/\* / {
    line = $0
    ends = line ~ /\*\//
    sub(/ *\*\/$/, "", line)
    sub(/^\/\* /, "", line)
    sub(/^ \* ?/, "", line)
    line = escape(line)
    if (line == "" || !in_comment) in_list = 0
    if (line ~ /^- /) in_list = 1
    # Indented lines outside a list are a small table.
    table = line ~ /^  / && !in_list
    # A formula broken before its minus sign is no list.
    if (table && line ~ /^ *- /) sub(/- /, "\\&minus; ", line)
    if (table != in_table) line = (table ? "<pre>" : "</pre>") line
    in_table = table
    if (ends && in_table) {
        line = line "</pre>"
        in_table = 0
    }
    if (line ~ /^Returns/) {
        heading = line
        sub(/:.*/, "", heading)
        sub(/^Returns[^:]*: */, "", line)
        line = "@par " heading "\n" line
    }
    comment = (in_comment ? comment "\n" : "") line
    in_comment = !ends
    if (ends && !seen_file) {
        emit("/** @file\n" comment " */")
        about = comment
        seen_file = 1
        comment = ""
    }
    next
}

# A comment before a blank line belongs to no declaration.
/^$/ {
    if (comment != "" && !used) {
        if (title != "") introduction = introduction (introduction != "" ? "\n\n" : "") comment
    }
    comment = ""
    used = 0
    emit("")
    next
}

/^(GRZ_API|typedef|#define GRZ_)/ {
    line = $0
    if (line ~ /^typedef enum .*\{ \/\* .* \*\/$/) {
        text = line
        sub(/^.*\/\* /, "", text)
        sub(/ \*\/$/, "", text)
        sub(/ \/\*.*/, "", line)
        comment = comment (comment != "" ? "\n\n" : "") escape(text)
    }
    document(line)
    used = 1
    emit(line)
    next
}

/^    GRZ_.*\/\* .* \*\/$/ {
    text = $0
    sub(/^.*\/\* /, "", text)
    sub(/ \*\/$/, "", text)
    line = $0
    sub(/ *\/\*.*/, "", line)
    emit(line " /**< " escape(text) " */")
    next
}

/^#ifdef __cplusplus/ && section_open && !closing {
    emit("/** @} */")
    section_open = 0
    closing = 1
}

{ emit($0) }

END {
    emit("/** @page reference Reference\n" about "\n\nSections:\n" sections "*/")
    if (check && missing) exit 1
}
