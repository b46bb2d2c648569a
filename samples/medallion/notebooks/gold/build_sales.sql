-- Databricks notebook source
CREATE WIDGET TEXT run_date DEFAULT '';
CREATE WIDGET TEXT catalog DEFAULT 'medallion_dev';

-- COMMAND ----------

USE CATALOG IDENTIFIER(:catalog);

-- COMMAND ----------

-- DBTITLE 1,Sales by day and country, of the days that have changed
MERGE INTO gold.daily_sales AS target
USING (
  SELECT
    CAST(o.ordered_at AS DATE) AS sales_date,
    c.country,
    COUNT(*) AS orders,
    SUM(o.amount) AS amount
  FROM silver.orders AS o
  JOIN silver.customers AS c ON c.customer_id = o.customer_id
  WHERE o.ordered_at >= date_sub(CAST(:run_date AS DATE), 7)
  GROUP BY ALL
) AS source
ON target.sales_date = source.sales_date AND target.country = source.country
WHEN MATCHED THEN UPDATE SET *
WHEN NOT MATCHED THEN INSERT *;

-- COMMAND ----------

-- DBTITLE 1,What each customer has bought so far
CREATE OR REPLACE TABLE gold.customer_value AS
SELECT customer_id, MIN(ordered_at) AS first_order, COUNT(*) AS orders, SUM(amount) AS amount
FROM silver.orders
GROUP BY customer_id;
