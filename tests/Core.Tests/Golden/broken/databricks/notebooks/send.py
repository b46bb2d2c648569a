# Databricks notebook source
spark.table("silver.receipt").write.saveAsTable("gold.sent")
