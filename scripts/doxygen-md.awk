# Doxygen input filter for the Markdown pages: formulas between dollars become Doxygen's, links to files that are no page of the manual
# become plain names, links to folders and figures stay. Fenced code passes unchanged.
/^```/ { fenced = !fenced }
fenced || /^    / { print; next }
{
    line = $0
    # Links out of the manual: to sources, scripts, the licence.
    while (match(line, /\[[^]]*\]\([^)]*\)/)) {
        link = substr(line, RSTART, RLENGTH)
        target = text = link
        sub(/^\[/, "", text)
        sub(/\]\(.*/, "", text)
        sub(/^.*\]\(/, "", target)
        sub(/\)$/, "", target)
        image = RSTART > 1 && substr(line, RSTART - 1, 1) == "!"
        keep = image || target ~ /^(https?:|#)/ || target ~ /^[^./][^/]*\.md(#.*)?$/
        sub(/^docs\//, "", target)
        sub(/^README\.md$/, "index.html", target)
        out = out substr(line, 1, RSTART - 1) (keep ? "[" text "](" target ")" : text)
        line = substr(line, RSTART + RLENGTH)
    }
    line = out line
    out = ""
    # $$...$$ on a line of its own, $...$ within one, but not within `code`.
    if (line ~ /^\$\$.*\$\$$/) {
        gsub(/^\$\$|\$\$$/, "", line)
        print "\\f[" line "\\f]"
        next
    }
    count = split(line, part, "`")
    line = ""
    for (i = 1; i <= count; i++) {
        if (i % 2) gsub(/\$/, "\\f$", part[i])
        line = line (i > 1 ? "`" : "") part[i]
    }
    print line
}
