customer_demand-today-overdue = Overdue demand of a customer: { $title }
customer_demand-today-due = Demand of a customer due soon: { $title }
customer_demand-panel = Customers’ demands
customer_demand-col-title = Demand
customer_demand-col-customer = Customer
customer_demand-col-due = Due
customer_demand-col-state = State
