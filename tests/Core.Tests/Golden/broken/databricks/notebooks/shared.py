def clean(frame):
    return frame.dropDuplicates()
