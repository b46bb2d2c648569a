# Databricks notebook source
# MAGIC %md
# MAGIC # Orders, bronze to silver
# MAGIC Types the columns, puts aside what cannot be typed, and merges the rest by order.

# COMMAND ----------

dbutils.widgets.text("run_date", "", "Day to load, yyyy-MM-dd")
dbutils.widgets.text("bronze", "", "Address of the bronze container")
dbutils.widgets.text("catalog", "medallion_dev", "Unity Catalog")

run_date = dbutils.widgets.get("run_date")
bronze = dbutils.widgets.get("bronze")
catalog = dbutils.widgets.get("catalog")

# COMMAND ----------

from pyspark.sql import functions as F

raw = spark.read.parquet(f"{bronze}/shop/orders/{run_date}")
typed = raw.select(
    F.expr("try_cast(order_id as bigint)").alias("order_id"),
    F.expr("try_cast(customer_id as bigint)").alias("customer_id"),
    F.expr("try_cast(product_id as bigint)").alias("product_id"),
    F.expr("try_cast(ordered_at as timestamp)").alias("ordered_at"),
    F.expr("try_cast(quantity as int)").alias("quantity"),
    F.expr("try_cast(amount as decimal(18, 2))").alias("amount"),
    F.upper("currency").alias("currency"),
    "source_file",
)
is_sound = F.col("order_id").isNotNull() & F.col("ordered_at").isNotNull() & F.col("amount").isNotNull()
sound = typed.where(is_sound).dropDuplicates(["order_id"])
rejected = typed.where(~is_sound)

# COMMAND ----------

sound.createOrReplaceTempView("sound_orders")
spark.sql(f"""
    merge into {catalog}.silver.orders as target
    using sound_orders as source on target.order_id = source.order_id
    when matched then update set *
    when not matched then insert *
""")
rejected.write.mode("append").saveAsTable(f"{catalog}.silver.rejected_orders")

# COMMAND ----------

import json

# The pipeline reads these as activity('CleanOrders').output.runOutput.loaded and .rejected.
dbutils.notebook.exit(json.dumps({"loaded": sound.count(), "rejected": rejected.count()}))
