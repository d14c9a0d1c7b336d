acceptance-today-risen = 要再判断：「{ $name }」のリスクが、受け入れたときより大きくなりました
acceptance-today-method = 要再判断：「{ $name }」を受け入れた後に、評価方法が変わりました
acceptance-today-review = 受容の見直し：{ $name }
