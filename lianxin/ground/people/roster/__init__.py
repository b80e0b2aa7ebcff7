"""名册 The roster of deputies as offices keep it: a workbook is read, checked whole, compared, and taken over whole or not at all."""
