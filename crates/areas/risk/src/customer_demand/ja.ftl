customer_demand-today-overdue = 期限を過ぎた取引先の要求：{ $title }
customer_demand-today-due = まもなく期限の取引先の要求：{ $title }
customer_demand-panel = 取引先からの要求
customer_demand-col-title = 件名
customer_demand-col-customer = 取引先
customer_demand-col-due = 期限
customer_demand-col-state = 状態
