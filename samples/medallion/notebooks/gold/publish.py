# Databricks notebook source
# MAGIC %md
# MAGIC # Gold, published
# MAGIC Writes each gold table to the lake as Parquet, from where the databases load it.

# COMMAND ----------

dbutils.widgets.text("catalog", "medallion_dev", "Unity Catalog")
dbutils.widgets.dropdown("mode", "overwrite", ["overwrite", "append"], "How to write")

catalog = dbutils.widgets.get("catalog")
mode = dbutils.widgets.get("mode")

# COMMAND ----------

tables = ["daily_sales", "customer_value"]
for table in tables:
    location = spark.sql("describe external location gold").first()["url"]
    spark.table(f"{catalog}.gold.{table}").coalesce(8).write.mode(mode).parquet(f"{location}/{table}")

# COMMAND ----------

import json

# The pipeline returns `tables` to its caller.
dbutils.notebook.exit(json.dumps({"tables": tables}))
