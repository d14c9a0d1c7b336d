assets-back = Back to the ledger
assets-cancel = Cancel
assets-today-review = Information assets past their review date: { $count }
assets-today-review-detail = Check that place, users and importance still hold, and set the next review.
assets-today-value = Information assets without importance: { $count }
assets-today-value-detail = Choose confidentiality, integrity and availability to decide what to protect first.
