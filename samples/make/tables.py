"""The report pages: their text and tables go in here; samples come out."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema


@dataclass(frozen=True)
class Table:
    """A table: one row a line, its cells between bars, an empty cell for nothing printed.

    The first `heads` rows are the header; a row that begins with an asterisk is strong. `left` columns are
    set to the left, the others to the right.
    """

    text: str
    title: str | None = None
    heads: int = 1
    left: int = 1
    note: str = ""
    lead: str = ""
    title_below: bool = False

    @property
    def rows(self) -> list[tuple[bool, list[str | None]]]:
        lines = [line.strip() for line in self.text.strip().splitlines()]
        return [(line.startswith("*"), [cell.strip() or None for cell in line.lstrip("*").split("|")]) for line in lines]


@dataclass(frozen=True)
class Report:
    """The content and the look of one report page. Styles: booktabs, grid, zebra, solid, open."""

    heading: str
    tables: tuple[Table, ...]
    font: str
    style: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()
    running: str = ""
    sign_off: str = ""
    first_page: int = 1
    accent: str = "#222"
    tint: str = "#f2f2f2"
    size: str = "10pt"
    cell_size: str = "0.94em"
    pad: str = "1.2mm 2mm"
    margin: str = "22mm 22mm 20mm"
    page: str = "A4"
    align: str = "left"
    columns: int = 1
    caption_css: str = ""


def _sample(name: str, report: Report, *, language: str = "en", ending: Ending = "pdf", scan: Scan | None = None) -> Sample:
    sheet = Sheet(read_schema("table"), language=language)

    def cells(table: int, row: int, content: tuple[bool, list[str | None]], shape: Table, tag: str) -> Markup:
        strong, texts = content
        parts = []
        for column, text in enumerate(texts):
            pointer = f"/tables/{table}/rows/{row}/cells/{column}"
            inner = sheet.put(pointer, text)
            if text is None:
                sheet.know(pointer, None)
            side = "" if column < shape.left else ' class="r"'
            parts.append(Markup(f"<{tag}{side}>{{}}</{tag}>").format(inner))
        return Markup('<tr class="strong">{}</tr>' if strong else "<tr>{}</tr>").format(Markup("").join(parts))

    content: dict[str, Any] = vars(report)
    return Sample(name, "table", sheet, fill("report.html", d=content, s=sheet, cells=cells), ending=ending, scan=scan)


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "table-01",
            Report(
                "Financial review",
                (
                    Table(
                        """
                        £ million | 2024 | 2023 | Change
                        Revenue | 418.6 | 391.2 | 7.0%
                        Cost of sales | (251.9) | (240.4) | 4.8%
                        *Gross profit | 166.7 | 150.8 | 10.5%
                        Distribution costs | (48.3) | (45.0) | 7.3%
                        Administrative expenses | (61.2) | (59.7) | 2.5%
                        *Operating profit | 57.2 | 46.1 | 24.1%
                        Finance costs | (6.4) | (5.1) | 25.5%
                        *Profit before tax | 50.8 | 41.0 | 23.9%
                        Dividend per share (pence) | 14.2 | 12.5 | 13.6%
                        """,
                        "Table 3: Summary of results for the year ended 31 March",
                        note="Brackets denote costs. Percentages are computed on unrounded figures.",
                    ),
                ),
                "EB Garamond",
                "booktabs",
                before=(
                    "Group revenue grew by 7.0% to £418.6 million, helped by the first full year of the Derby works and by higher volumes in the rail division. Price increases made up about a third of the growth.",
                    "Gross margin improved to 39.8% (2023: 38.5%) as energy costs fell back from the peak of the previous winter. The board proposes a final dividend of 9.4 pence per share.",
                ),
                after=("Net debt at the year end stood at £71.5 million, or 0.9 times earnings before interest, tax, depreciation and amortisation. The covenant limit is 3.0 times.", "Capital expenditure was £33.1 million, of which £18.4 million was spent on the new press line."),
                running="Thornbury Castings plc   Annual report 2024",
                first_page=27,
                size="11.5pt",
                align="justify",
            ),
        ),
        _sample(
            "table-02",
            Report(
                "Housing and population by ward",
                (
                    Table(
                        """
                        Ward | Residents | Households | Persons per household
                        Abbey | 7,412 | 3,318 | 2.23
                        Castlegate | 5,906 | 3,047 | 1.94
                        Eastfield | 9,230 | 3,701 | 2.49
                        Mill Lane | 6,118 | 2,655 | 2.30
                        Riverside | 4,877 | 2,540 | 1.92
                        Southcote | 8,045 | 3,196 | 2.52
                        *Town | 41,588 | 18,457 | 2.25
                        """,
                        "Residents and households, mid-2023 estimate",
                    ),
                    Table(
                        """
                        Tenure | Share 2013 | Share 2023
                        Owned outright | 31% | 34%
                        Owned with mortgage | 35% | 29%
                        Rented from council | 14% | 12%
                        Rented privately | 20% | 25%
                        """,
                        "Tenure of households",
                    ),
                ),
                "Open Sans",
                "zebra",
                meta=("Wexley Town Council", "Policy briefing 14, February 2024"),
                before=("The town has grown by 3,100 residents since 2013. Growth was strongest in Eastfield and Southcote, where most new homes were built, while Castlegate and Riverside have seen many houses divided into flats.",),
                after=("Private renting has overtaken council renting as the second most common tenure.",),
                accent="#1a6b54",
                tint="#eaf4f0",
                size="9.6pt",
            ),
        ),
        _sample(
            "table-03",
            Report(
                "Certificate of analysis",
                (
                    Table(
                        """
                        Parameter | Method | Unit | Result | Limit
                        pH value | ISO 10523 | – | 7.4 | 6.5–9.5
                        Conductivity at 20 °C | EN 27888 | µS/cm | 412 | 2500
                        Turbidity | ISO 7027 | NTU | 0.31 | 4.0
                        Nitrate | ISO 10304 | mg/l | 18.6 | 50
                        Nitrite | ISO 10304 | mg/l | < 0.02 | 0.50
                        Iron | ISO 17294 | µg/l | 44 | 200
                        Manganese | ISO 17294 | µg/l | 6.2 | 50
                        Lead | ISO 17294 | µg/l | < 1.0 | 10
                        E. coli | ISO 9308 | /100 ml | 0 | 0
                        Enterococci | ISO 7899 | /100 ml | 0 | 0
                        """,
                        left=3,
                    ),
                ),
                "Liberation Sans",
                "grid",
                meta=("Lune Valley Analytical Laboratory", "Report 23-11874, sampled 6 June 2023, borehole 2, Hornby", "Client: Wray Spring Water Ltd"),
                before=("The sample was received cooled and in good order. Results relate only to the sample as received.",),
                sign_off="Dr. M. Threlfall, Head of Laboratory",
                size="10pt",
            ),
            scan=Scan(150, 1.1, 0.7, 5, 0.88, 241, shadow=45, quality=36, holes=True, seed=103),
        ),
        _sample(
            "table-04",
            Report(
                "Division Two – final table",
                (
                    Table(
                        """
                        | Team | P | W | D | L | F | A | Pts
                        1 | Harwick Rovers | 18 | 13 | 3 | 2 | 44 | 17 | 42
                        2 | Selby Street | 18 | 12 | 2 | 4 | 39 | 21 | 38
                        3 | Old Grammarians | 18 | 10 | 4 | 4 | 35 | 24 | 34
                        4 | Brindle Athletic | 18 | 9 | 3 | 6 | 31 | 28 | 30
                        5 | Post Office | 18 | 8 | 4 | 6 | 30 | 26 | 28
                        6 | Moor End | 18 | 7 | 3 | 8 | 27 | 29 | 24
                        7 | St Jude's | 18 | 5 | 5 | 8 | 22 | 30 | 20
                        8 | Canal Works | 18 | 5 | 2 | 11 | 20 | 33 | 17
                        9 | Lower Fold | 18 | 3 | 4 | 11 | 18 | 37 | 13
                        10 | Wheatsheaf | 18 | 2 | 2 | 14 | 15 | 36 | 8
                        """,
                        left=2,
                    ),
                    Table(
                        """
                        Player | Team | Goals
                        D. Asante | Harwick Rovers | 16
                        L. Pickering | Selby Street | 13
                        T. Nowak | Old Grammarians | 13
                        J. Whittle | Post Office | 11
                        """,
                        "Leading scorers",
                        left=2,
                    ),
                ),
                "Roboto",
                "solid",
                meta=("Ribblesdale Sunday League", "Season 2023/24"),
                after=("Harwick Rovers and Selby Street are promoted. Wheatsheaf have applied for re-election.",),
                accent="#0b3d91",
                tint="#e8eefa",
            ),
        ),
        _sample(
            "table-05",
            Report(
                "Service 38: Kendal – Sedbergh – Kirkby Stephen",
                (
                    Table(
                        """
                        Notes | | NS | | | S | |
                        Kendal, bus station | 0655 | 0745 | 0940 | 1140 | 1340 | 1535 | 1740
                        Kendal, railway station | 0659 | 0749 | 0944 | 1144 | 1344 | 1539 | 1744
                        Oxenholme | 0706 | 0757 | 0951 | 1151 | 1351 | 1546 | 1752
                        New Hutton | | 0805 | 0958 | 1158 | 1358 | 1553 | 1759
                        Killington turn | | 0811 | 1003 | 1203 | 1403 | 1558 | 1804
                        Sedbergh, library | 0729 | 0824 | 1015 | 1215 | 1415 | 1610 | 1816
                        Cautley | | | 1026 | 1226 | | 1621 | 1827
                        Ravenstonedale | | | 1040 | 1240 | | 1635 | 1841
                        Kirkby Stephen | | | 1055 | 1255 | | 1650 | 1856
                        """,
                        "Monday to Saturday",
                        heads=1,
                    ),
                    Table(
                        """
                        Notes | | NS | | |
                        Kirkby Stephen | 0715 | | 1105 | 1305 | 1705
                        Ravenstonedale | 0730 | | 1120 | 1320 | 1720
                        Sedbergh, library | 0755 | 0840 | 1145 | 1345 | 1745
                        Kendal, bus station | 0835 | 0920 | 1225 | 1425 | 1825
                        """,
                        "Return journeys",
                    ),
                ),
                "Roboto Condensed",
                "grid",
                before=("Valid from 2 September 2024. No service on Sundays and public holidays.",),
                after=("NS – not on Saturdays.  S – Saturdays only.",),
                meta=("Howgill Coaches",),
                pad="0.9mm 1.6mm",
                accent="#7a1f1f",
            ),
        ),
        _sample(
            "table-06",
            Report(
                "Appendix B: Trees surveyed",
                (Table(_trees(), "Table B.1  Individual trees in Prior's Park, surveyed May 2024", left=2, note="Girth measured at 1.3 m. Condition: A good, B fair, C poor, D to be felled."),),
                "Carlito",
                "booktabs",
                before=("Every tree with a girth of more than 60 cm was tagged, measured and assessed from the ground. Species names follow the county flora.",),
                running="Prior's Park Management Plan 2025–2034",
                first_page=41,
                size="10.6pt",
                pad="0.8mm 2mm",
            ),
        ),
        _sample(
            "table-07",
            Report(
                "Technical data",
                (
                    Table(
                        """
                        Model | HX-20 | HX-35 | HX-60
                        *Pump | | |
                        Flow at 50 Hz (m³/h) | 20 | 35 | 60
                        Maximum head (m) | 32 | 41 | 48
                        Impeller | Bronze | Bronze | Stainless
                        *Motor | | |
                        Rated power (kW) | 2.2 | 5.5 | 11
                        Voltage (V) | 230/400 | 400 | 400/690
                        Sound pressure, dB(A) | 62 | 68 | 71
                        *Dimensions | | |
                        Length x width (mm) | 540 x 260 | 690 x 310 | 860 x 390
                        Weight (kg) | 38 | 74 | 131
                        """,
                    ),
                ),
                "Cantarell",
                "open",
                meta=("HX series, sheet 4 / 12",),
                before=("All pumps are tested before delivery. Figures apply to clean water at 15 °C.",),
                margin="18mm 20mm",
                page="A5",
                size="8.8pt",
            ),
            ending="png",
            scan=Scan(160, -0.9, 0.5, 3, 0.9, 249, shadow=22, specks=6, seed=107),
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "table-08",
            Report(
                "Energieverbrauch der städtischen Gebäude",
                (
                    Table(
                        """
                        Gebäude | Strom (MWh) | Wärme (MWh) | Veränderung
                        Rathaus | 186,4 | 412,0 | −3,1 %
                        Grundschule Nord | 74,9 | 318,5 | −8,4 %
                        Gymnasium | 241,7 | 905,2 | +1,2 %
                        Hallenbad | 612,3 | 1.874,6 | −5,7 %
                        Feuerwache | 58,1 | 133,9 | +0,4 %
                        Bücherei | 41,6 | 97,3 | −12,0 %
                        *Summe | 1.215,0 | 3.741,5 | −4,5 %
                        """,
                        "Tabelle 2: Verbrauch im Jahr 2023 und Veränderung gegenüber 2022",
                    ),
                ),
                "Linux Biolinum O",
                "booktabs",
                before=(
                    "Der Wärmeverbrauch ist witterungsbereinigt erneut gesunken. Den größten Anteil daran hat das Hallenbad, dessen Lüftungsanlage im Frühjahr erneuert wurde.",
                    "In der Bücherei wurde die Beleuchtung auf LED umgestellt. Im Gymnasium stieg der Verbrauch durch die neue Mensa leicht an.",
                ),
                after=("Für das Jahr 2024 ist die Sanierung der Grundschule Nord vorgesehen. Die Kosten werden auf 1,3 Mio. Euro geschätzt.",),
                running="Stadt Lindenau · Energiebericht 2023",
                first_page=9,
                size="10.8pt",
                columns=2,
            ),
            language="de",
        ),
        _sample(
            "table-09",
            Report(
                "Prüfprotokoll Nr. 448",
                (
                    Table(
                        """
                        Messpunkt | Sollwert | Istwert | Toleranz | i. O.
                        Bohrung A, Ø | 12,000 | 12,008 | ± 0,015 | ja
                        Bohrung B, Ø | 12,000 | 12,011 | ± 0,015 | ja
                        Achsabstand A–B | 86,500 | 86,484 | ± 0,020 | ja
                        Planlauf Stirnseite | 0,000 | 0,027 | 0,025 | nein
                        Höhe Flansch | 34,200 | 34,195 | ± 0,050 | ja
                        Rauheit Ra | 0,800 | 0,640 | max. 0,8 | ja
                        Gewinde M8 | | lehrenhaltig | 6H | ja
                        """,
                        "Maße in mm bei 20 °C",
                    ),
                ),
                "Liberation Sans Narrow",
                "grid",
                meta=("Rüegg Präzisionsteile AG, Qualitätssicherung", "Teil: Lagerbock 4471-02, Los 118, Stückzahl 240", "Datum: 17.04.2024   Prüfer: Aebi"),
                after=("Planlauf außerhalb der Toleranz: Teil 3 gesperrt, Nacharbeit durch Schleifen.",),
                size="12pt",
            ),
            language="de",
            ending="jpg",
            scan=Scan(150, -1.4, 0.7, 5, 0.82, 238, shadow=55, quality=38, fold=True, seed=109),
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "table-10",
            Report(
                "Budget primitif 2024",
                (
                    Table(
                        """
                        Chapitre | BP 2023 | BP 2024
                        Charges à caractère général | 412 500 | 438 000
                        Charges de personnel | 867 200 | 894 600
                        Autres charges de gestion | 153 800 | 149 300
                        Charges financières | 38 400 | 35 100
                        *Total dépenses | 1 471 900 | 1 517 000
                        """,
                        "Section de fonctionnement – dépenses (en euros)",
                    ),
                    Table(
                        """
                        Chapitre | BP 2023 | BP 2024
                        Impôts et taxes | 936 700 | 971 400
                        Dotations et participations | 389 000 | 392 600
                        Produits des services | 146 200 | 153 000
                        *Total recettes | 1 471 900 | 1 517 000
                        """,
                        "Section de fonctionnement – recettes (en euros)",
                    ),
                ),
                "Lato",
                "solid",
                meta=("Commune de Beaulieu-sur-Layon", "Conseil municipal du 26 mars 2024"),
                before=("Le budget est présenté en équilibre. La hausse des charges de personnel tient à l'ouverture d'une classe et à la revalorisation du point d'indice.",),
                accent="#5a3d7a",
                tint="#f0ebf6",
                size="10pt",
            ),
            language="fr",
        ),
        _sample(
            "table-11",
            Report(
                "Relevé pluviométrique",
                (
                    Table(
                        """
                        Mois | Pluie (mm) | Jours | Maximum (mm)
                        Janvier | 84,2 | 14 | 17,6
                        Février | 61,0 | 11 | 12,4
                        Mars | 73,8 | 13 | 15,0
                        Avril | 45,6 | 9 | 11,2
                        Mai | 52,4 | 10 | 19,8
                        Juin | 28,0 | 5 | 14,6
                        *Semestre | 345,0 | 62 | 19,8
                        """,
                        "Tableau 1. – Station de Kerlouan, premier semestre 2022",
                        title_below=True,
                    ),
                ),
                "Linux Libertine O",
                "booktabs",
                before=("Les mesures ont été faites chaque matin à huit heures avec un pluviomètre à lecture directe. Les traces de moins de 0,2 mm ne sont pas comptées.",),
                after=("Le mois de juin a été le plus sec depuis 2006. L'orage du 19 mai a donné à lui seul plus du tiers de la pluie du mois.",),
                size="13pt",
                align="justify",
                caption_css="text-align: center; font-weight: normal; font-style: italic",
            ),
            language="fr",
            ending="jpg",
            scan=Scan(150, 1.6, 0.8, 5, 0.8, 237, shadow=60, quality=36, seed=111),
        ),
    ]  # fmt: skip


def _trees() -> str:
    """The rows of a survey that runs over a page break."""
    kinds = (
        "Pedunculate oak",
        "Common lime",
        "Horse chestnut",
        "Beech",
        "Sycamore",
        "Field maple",
        "Silver birch",
        "Scots pine",
        "Hornbeam",
        "Wild cherry",
        "Ash",
        "London plane",
    )
    draw = random.Random(6)
    rows = ["Tag | Species | Girth (cm) | Height (m) | Condition"]
    for number in range(58):
        girth = draw.randint(62, 318)
        rows.append(
            f"{1101 + number} | {draw.choice(kinds)} | {girth} | {7 + girth // 21 + draw.randint(0, 4)} | {draw.choice('AAABBBBCD')}"
        )
    return "\n".join(rows)
