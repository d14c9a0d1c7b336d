insurance-today-review = Review the cover of { $name }
insurance-today-ends = Renew before it ends: { $name }
insurance-today-over = No longer in force: { $name }
insurance-panel = Risk transfer
insurance-col-name = Name
insurance-col-provider = Provider
insurance-col-limit = Limit
insurance-col-ends = Ends
