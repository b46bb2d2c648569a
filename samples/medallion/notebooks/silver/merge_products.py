# Databricks notebook source
dbutils.widgets.text("run_date", "", "Day to load, yyyy-MM-dd")
dbutils.widgets.text("bronze", "", "Address of the bronze container")
dbutils.widgets.text("catalog", "medallion_dev", "Unity Catalog")

run_date = dbutils.widgets.get("run_date")
bronze = dbutils.widgets.get("bronze")
catalog = dbutils.widgets.get("catalog")

# COMMAND ----------

from delta.tables import DeltaTable

changes = spark.read.parquet(f"{bronze}/sales/product/{run_date}").dropDuplicates(["product_id"])
products = DeltaTable.forName(spark, f"{catalog}.silver.products")
(
    products.alias("target")
    .merge(changes.alias("source"), "target.product_id = source.product_id")
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute()
)

# COMMAND ----------

import json

dbutils.notebook.exit(json.dumps({"changed": changes.count()}))
