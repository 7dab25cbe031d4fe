"""One small text in each language of markup, with most of what the language has."""

from __future__ import annotations

from tests.reading.plain.texts import FERRY, TICKETS, wrapped

PROSE, MORE = wrapped(FERRY), wrapped(TICKETS)

ASCIIDOC = f"""= The Quay Book
Ann Quist <ann@example.org>
:toc:

{PROSE}

[[boats]]
== Boats

* old
** its mate
* new

[loweralpha]
. untie
. push off
+
{MORE}

[source,ruby]
----
puts  "late"

puts "again"
----

[quote, Tom]
____
{MORE}
____

Mate:: The man
Boat::
  It comes back.

|===
| Boat | Hour
| Old  | 7
|===

NOTE: Dogs travel free.
"""
MEDIAWIKI = f"""'''The ferry''' is a [[boat]].
{PROSE}

== Boats ==
{{{{Late|hours=1}}}}
* old
** its mate
* new
{MORE}
=== Mate ===
; Mate : the man with the book
; Boat
: comes back

 code  one
 code  two

{{| class="wikitable"
! Boat !! Hour
|-
| Old || 7
|}}

[[Category:Boats]]
"""
DOKUWIKI = f"""====== The Ferry ======

{PROSE}

===== Boats =====

  * old
    * its mate
  * new
  - untie

| Old | 7 |
| New | 8 |
| Odd | 9 |

<code ruby>
puts  "late"

puts "again"
</code>

> {TICKETS}
"""
POD = f"""=encoding utf8

=head1 NAME

ferry - comes back late

=head1 DESCRIPTION

{PROSE}

    my $boat  = Ferry->new;

    $boat->leave;

=head2 Options

=over 4

=item --late

{MORE}

=over

=item * an hour

=item * two

=back

=item --early

Never.

=back

=cut
"""
TEXINFO = f"""\\input texinfo
@settitle The Ferry
@node Top
@chapter Boats

{PROSE}

@itemize @bullet
@item
old
@item new
@end itemize

@section Options
@table @code
@item --late
@itemx -l
{MORE}
@item --early
Never.
@end table

@example
ferry  --late

ferry --early
@end example

@quotation
{MORE}
@end quotation
@bye
"""
TROFF = f""".\\" a remark
.TH FERRY 1 "4 March 2019"
.SH NAME
ferry \\- comes back
.SH
OPTIONS
{PROSE}
.PP
.B Late
it is.
.TP
.B \\-l
{MORE}
.RS
.IP \\(bu 2
an hour
.IP \\(bu 2
two
.RE
.TP
.B \\-e
Never.
.PP
{MORE}
.nf
ferry  -l

ferry -e
.fi
"""
MDOC = f""".Dd March 4, 2019
.Dt FERRY 1
.Os
.Sh NAME
.Nm ferry
.Nd comes back
.Sh OPTIONS
{PROSE}
.Bl -tag -width Ds
.It Fl l
{MORE}
.Bl -bullet
.It
an hour
.El
.It Fl e
Never.
.El
"""
LATEX = f"""\\documentclass{{article}}
\\usepackage{{boats}}
\\title{{The Quay Book}}
\\begin{{document}}
\\maketitle
\\section{{Boats}}\\label{{boats}}

{PROSE}

\\begin{{itemize}}
\\item old
\\begin{{enumerate}}
\\item its mate
\\end{{enumerate}}
\\item new, which
is late
\\end{{itemize}}

\\subsection*{{Engine}}
% a remark
\\begin{{verbatim}}
ferry  --late

ferry --early
\\end{{verbatim}}
\\begin{{quote}}
{MORE}
\\end{{quote}}
\\end{{document}}
"""
SOURCES = {
    "asciidoc": ASCIIDOC,
    "mediawiki": MEDIAWIKI,
    "dokuwiki": DOKUWIKI,
    "pod": POD,
    "texinfo": TEXINFO,
    "troff": TROFF,
    "mdoc": MDOC,
    "latex": LATEX,
}
