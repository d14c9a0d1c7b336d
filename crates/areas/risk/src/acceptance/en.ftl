acceptance-today-risen = Decide again: the risk to “{ $name }” is larger than what was accepted
acceptance-today-method = Decide again: the method has changed since “{ $name }” was accepted
acceptance-today-review = Review the acceptance of { $name }
