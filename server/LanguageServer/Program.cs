return await Pipewright.LanguageServer.CommandLine.Verbs.RunAsync(args);
