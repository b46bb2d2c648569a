# Databricks notebook source
dbutils.notebook.exit("closed")
