method-title = Method
method-lead = How a risk value comes about, and which numbers the company uses.
method-builtin = Standard method (unchanged)
method-version = Version { $number }
method-versions = Earlier versions
method-chain = Order of the calculation
method-step-importance = Importance = the highest of confidentiality, integrity and availability (S2-D4-03)
method-step-likelihood = Likelihood of damage = from threat level and weakness level by the conversion table
method-step-value = Risk value = importance × likelihood (S2-D4-05)
method-step-band = Bounds: { $rule }
method-table = Conversion table for the likelihood
method-table-lead = Threat levels go down, weakness levels go across.
method-threat-by-weakness = Threat \ weakness
method-threat-levels = Threat levels
method-weakness-levels = Weakness levels
method-change = Change scale and bounds
method-change-lead = Saving makes a new version and recalculates every asset. Risks accepted under the version before must be decided again.
method-scale = Scale
method-middle-from = Middle from
method-large-from = Large from
method-bounds-help = 1 and 4 are usual on the scale 0–2, 3 and 6 on the scale 1–3.
method-reason = Reason for the change
method-reason-help = For example: to follow the parent company
method-save = Use this method
method-saved = The method was changed. Information assets whose risk changed: { $count }.
method-saved-job = The method was changed. There are many assets, so the calculation goes on in the background. You may leave this page.
