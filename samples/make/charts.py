"""The charts: what they show and the pages they stand on go in here; samples come out."""

from __future__ import annotations

from dataclasses import dataclass

from samples.make.plot import Axis, Chart, Plot
from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan, exported
from samples.make.sheet import Sheet, read_schema


@dataclass(frozen=True)
class Page:
    """The page around a chart; without text it is the chart alone."""

    chart: Chart
    font: str
    heading: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    source: str = ""
    page: str = "A4"
    margin: str = "22mm 22mm"
    size: str = "10.5pt"
    accent: str = "#222"
    paper: str = "#fff"
    align: str = "left"
    fig_margin: str = "5mm 0 3mm"


def _sample(
    name: str,
    page: Page,
    *,
    language: str = "en",
    digits: str = "1,234.56",
    ending: Ending = "pdf",
    scan: Scan | None = None,
    export: bool = False,
) -> Sample:
    sheet = Sheet(read_schema("chart"), language=language, digits=digits)
    figure = Plot(page.chart, sheet).draw()
    return Sample(name, "chart", sheet, fill("chart.html", d=vars(page), s=sheet, figure=figure), ending=ending, scan=scan, export=export)


def _alone(chart: Chart, font: str, *, paper: str = "#fff") -> Page:
    """The chart as a picture of its own."""
    return Page(chart, font, page=f"{chart.width + 24}px {chart.height + 24}px", margin="12px", fig_margin="0", paper=paper)


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "chart-01",
            Page(
                Chart(
                    "bar",
                    "Visitors to the four branch museums, 2023 (thousands)",
                    ("Dockside", "Textile Hall", "Old Gaol", "Observatory"),
                    (("184.2", "96.7", "61.4", "48.9"),),
                    axis=Axis(0, 200, 50),
                    printed=True,
                    y_title="Visitors (thousands)",
                ),
                "Open Sans",
                "Attendance",
                ("Attendance recovered further in 2023 and passed the level of 2019 at Dockside for the first time. The Observatory was closed for repairs from October.",),
                ("Schools made up one visit in six. The new evening openings brought in 9,400 people, most of them under thirty.",),
                "Source: ticket counts of the museums service",
                accent="#2b4f81",
            ),
        ),
        _sample(
            "chart-02",
            Page(
                Chart(
                    "bar",
                    "Orders by region",
                    ("North", "Midlands", "South", "Wales", "Scotland"),
                    (("320", "260", "410", "120", "180"), ("360", "240", "470", "150", "210")),
                    ("2022", "2023"),
                    Axis(0, 500, 100),
                    "Region",
                    "Orders",
                    legend="top",
                    title_side="left",
                    width=860,
                    height=430,
                    text_px=15,
                    colours=("#9db7d5", "#1f4e79"),
                ),
                "Lato",
                "Growth came from the South and the North",
                source="Half-year review, slide 6",
                page="280mm 158mm",
                margin="12mm 24mm",
                size="13pt",
                accent="#1f4e79",
            ),
        ),
        _sample(
            "chart-03",
            _alone(
                Chart(
                    "line",
                    "Water level at Ludford Bridge",
                    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
                    (("0.8", "1.1", "1.9", "2.6", "2.2", "1.6", "1.2"),),
                    axis=Axis(0, 3, 0.5, 1),
                    x_title="Week of 12 February 2024",
                    y_title="Level (m)",
                    colours=("#0b7285",),
                    frame=False,
                ),
                "Roboto",
            ),
            ending="png",
            scan=exported(144),
            export=True,
        ),
        _sample(
            "chart-04",
            Page(
                Chart(
                    "line",
                    "Figure 4: Index of output by division (2019 = 100)",
                    ("2019", "2020", "2021", "2022", "2023", "2024"),
                    (("100", "82", "95", "108", "114", "121"), ("100", "91", "97", "99", "104", "102"), ("100", "70", "78", "88", "96", "109")),
                    ("Castings", "Forgings", "Machining"),
                    Axis(60, 130, 10),
                    legend="right",
                    title_side="left",
                    markers=True,
                ),
                "Carlito",
                "Operations",
                ("All three divisions have now passed their output of 2019. Machining took longest, because of the move to the Derby works and the shortage of setters in 2021.",),
                ("Forgings slipped slightly in 2024 as the large press was out of use for eleven weeks. It returned to service in January.",),
                align="justify",
                size="11.5pt",
            ),
        ),
        _sample(
            "chart-05",
            Page(
                Chart(
                    "pie",
                    "Where the money goes",
                    ("Staff", "Buildings", "Collections", "Learning", "Other"),
                    (("46", "21", "15", "11", "7"),),
                    printed=True,
                    unit="%",
                    legend="right",
                    height=330,
                ),
                "Cantarell",
                "Spending in 2023/24",
                ("Total expenditure was £6.2 million. Nearly half of it is the cost of the people who look after the collections and welcome visitors.",),
                accent="#7a2048",
            ),
        ),
        _sample(
            "chart-06",
            Page(
                Chart(
                    "bar",
                    "Reasons for late delivery, per cent of cases",
                    ("Traffic", "Wrong address", "Loading", "Vehicle fault", "Weather"),
                    (("38", "24", "19", "12", "7"),),
                    axis=Axis(0, 50, 10),
                    across=True,
                    printed=True,
                    label_room=104,
                    colours=("#555",),
                ),
                "Liberation Sans",
                "4.2 Late deliveries",
                ("In the second quarter 212 deliveries out of 9,840 arrived more than thirty minutes late. The drivers' reports were sorted by main cause.",),
                ("Wrong addresses can be reduced by checking the postcode when the order is taken; this starts in September.",),
            ),
            ending="jpg",
            scan=Scan(150, -1.2, 0.7, 5, 0.9, 240, shadow=50, quality=38, holes=True, seed=116),
        ),
        _sample(
            "chart-07",
            _alone(
                Chart(
                    "pie",
                    "Households by heating, Wexley",
                    ("Gas", "Electric", "Oil", "Heat pump"),
                    (("11240", "4310", "1890", "1017"),),
                    printed=True,
                    hole=True,
                    width=560,
                    height=400,
                    colours=("#334e68", "#627d98", "#a86a32", "#3f8f63"),
                ),
                "Open Sans",
            ),
            ending="png",
            scan=exported(144),
            export=True,
        ),
        _sample(
            "chart-08",
            Page(
                Chart(
                    "bar",
                    "Monthly result, £ thousand",
                    ("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
                    (("-18.4", "-6.2", "4.9", "12.7", "21.3", "16.8"),),
                    axis=Axis(-30, 30, 10),
                    printed=True,
                    frame=True,
                    colours=("#3f7f5f",),
                    height=340,
                ),
                "Linux Biolinum O",
                "The first half year",
                ("The loss of the winter months was made good by May. June fell short of the plan by two thousand pounds because the regatta was put off.",),
                source="Management accounts, unaudited",
                size="11.5pt",
            ),
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "chart-09",
            Page(
                Chart(
                    "bar",
                    "Abbildung 3: Stromerzeugung nach Quelle in GWh",
                    ("Wind", "Sonne", "Biomasse", "Wasser", "Erdgas"),
                    (("1248.5", "630.2", "415.8", "88.4", "952.1"),),
                    axis=Axis(0, 1500, 500),
                    printed=True,
                    grid=False,
                    title_side="left",
                    colours=("#00696b",),
                ),
                "Roboto Condensed",
                "Erzeugung im Berichtsjahr",
                ("Der Anteil der erneuerbaren Energien stieg auf 71 Prozent. Wie im Vorjahr lieferte der Wind den meisten Strom.",),
                ("Die Gaskraftwerke wurden vor allem in den Monaten Januar und Dezember benötigt.",),
                "Quelle: Landesamt für Statistik, eigene Berechnung",
            ),
            language="de",
            digits="1.234,56",
        ),
        _sample(
            "chart-10",
            Page(
                Chart(
                    "line",
                    "Mitglieder und Ehrenamtliche",
                    ("2017", "2018", "2019", "2020", "2021", "2022", "2023"),
                    (("620", "655", "690", "640", "600", "665", "730"), ("140", "155", "170", "120", "110", "145", "180")),
                    ("Mitglieder", "Ehrenamtliche"),
                    Axis(0, 800, 200),
                    x_title="Jahr",
                    y_title="Personen",
                    legend="top",
                    colours=("#222", "#888"),
                    height=380,
                ),
                "Liberation Sans",
                "Turnverein 1886 – Jahresbericht",
                ("Nach zwei schwierigen Jahren wächst der Verein wieder. Besonders gefragt sind das Kinderturnen und die neue Klettergruppe.",),
            ),
            language="de",
            digits="1.234,56",
            scan=Scan(150, 1.0, 0.7, 5, 0.88, 240, shadow=50, quality=36, seed=120),
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "chart-11",
            Page(
                Chart(
                    "pie",
                    "Répartition des déplacements domicile-travail",
                    ("Voiture", "Transports", "Vélo", "Marche"),
                    (("58.5", "23", "11.5", "7"),),
                    printed=True,
                    unit=" %",
                    legend="right",
                    height=330,
                    colours=("#2a2a2a", "#707070", "#4a4a4a", "#858585"),
                ),
                "Linux Libertine O",
                "Enquête mobilité 2022",
                ("L'enquête a été menée auprès de 2 400 salariés de la zone d'activités. La part du vélo a doublé en cinq ans.",),
                size="13pt",
            ),
            language="fr",
            digits="1 234,56",
            ending="jpg",
            scan=Scan(150, -1.5, 0.8, 5, 0.85, 239, shadow=55, quality=38, seed=121),
        ),
        _sample(
            "chart-12",
            Page(
                Chart(
                    "line",
                    "Fréquentation de la piscine (milliers d'entrées)",
                    ("2019", "2020", "2021", "2022", "2023"),
                    (("84.6", "31.2", "47.9", "78.3", "91.5"),),
                    axis=Axis(0, 100, 20),
                    printed=True,
                    y_title="Entrées",
                    y_title_turned=False,
                    title_side="left",
                    colours=("#b5541c",),
                ),
                "Lato",
                "Sports et loisirs",
                ("La fréquentation dépasse désormais celle de 2019, grâce à l'ouverture du bassin extérieur et aux créneaux du midi.",),
                source="Source : régie des équipements sportifs",
                accent="#b5541c",
            ),
            language="fr",
            digits="1 234,56",
        ),
    ]  # fmt: skip
