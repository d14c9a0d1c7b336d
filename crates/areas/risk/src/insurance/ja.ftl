insurance-today-review = 保険・委託の内容を見直す：{ $name }
insurance-today-ends = まもなく終わる保険・契約を更新する：{ $name }
insurance-today-over = 期間が終わった保険・契約：{ $name }
insurance-panel = リスク転嫁
insurance-col-name = 名称
insurance-col-provider = 引受先
insurance-col-limit = 補償の上限
insurance-col-ends = 終了日
