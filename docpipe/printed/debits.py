"""How columns of money that went out and of money that came in are headed, folded."""

from __future__ import annotations

OUT = frozenset({
    "paid out", "money out", "out", "debit", "debits", "debit amount", "withdrawal", "withdrawals", "payments",
    "soll", "lastschrift", "lastschriften", "belastung", "belastungen", "ausgang", "ausgange", "ausgaben", "abgang",
    "retraits", "cargo", "cargos", "debe", "af", "uit", "dare", "addebiti", "addebito", "uscite",
})  # fmt: skip
IN = frozenset({
    "paid in", "money in", "in", "credit", "credits", "credit amount", "deposit", "deposits", "receipts",
    "haben", "gutschrift", "gutschriften", "eingang", "eingange", "einnahmen", "zugang",
    "depots", "abono", "abonos", "haber", "bij", "avere", "accrediti", "accredito", "entrate",
})  # fmt: skip
