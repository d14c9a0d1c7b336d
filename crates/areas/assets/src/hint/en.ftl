asset-hint-tab = Hints
asset-hint-title = Hints for tidying the ledger
asset-hint-lead = Rows that could be merged, split or closed to keep the ledger readable. Whoever knows how they are handled decides.
asset-hint-none = No row asks for a second look.
asset-hint-more = And { $count } more.
