using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Rules.Configuration;

/// <summary>A factory says for itself what names look like.</summary>
public sealed class NamingTests
{
    private const string Pipeline = "parameters: { runDate: string }\nvariables: { count: Integer }\nactivities:\n  - { name: Set1, type: Wait, waitTimeInSeconds: 1 }\n";

    [Theory]
    [InlineData("pipeline: ^pl_", "load", "The name of the pipeline", "pl_load")]
    [InlineData("pipeline: ^pl_[a-z0-9_]+$", "LoadOrders", "The name of the pipeline", "pl_load_orders")]
    [InlineData("pipeline: ^pl_[a-z0-9_]+$", "pl-Load-Orders2", "The name of the pipeline", "pl_load_orders_2")]
    [InlineData("pipeline: ^[a-z-]+$", "LoadOrders", "The name of the pipeline", "load-orders")]
    [InlineData("pipeline: ^[A-Z][A-Za-z]+$", "load_orders", "The name of the pipeline", "LoadOrders")]
    [InlineData("activity: ^a_", "p", "The name of the activity", "a_Set1")]
    [InlineData("parameter: ^[a-z_]+$", "p", "The name of the parameter", "run_date")]
    [InlineData("variable: ^v_", "p", "The name of the variable", "v_count")]
    [InlineData("pipeline: ^\\d+$", "load", "The name of the pipeline", null)]
    public void A_name_that_does_not_fit_is_found(string naming, string name, string message, string? better)
    {
        var factory = TestText.Factory(name + ".pipeline.yaml", Pipeline).With(FactoryConfiguration.Parse(new SourceText("naming:\n  " + naming)));
        var found = Assert.Single(LanguageFeatures.GetDiagnostics(factory, factory.Documents.Values.First(), default), d => d.Code == "PW5010");
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(better is null ? [] : [$"Rename it to '{better}'"], found.Fixes.Select(f => f.Title));
        if (found.Fixes is [var fix])
        {
            var after = RuleCases.Apply(factory, name + ".pipeline.yaml", fix);
            Assert.DoesNotContain(LanguageFeatures.GetDiagnostics(after, after.Documents.Values.First(), default), d => d.Code == "PW5010");
        }
    }

    [Theory]
    [InlineData("pipeline: ^pl_")]
    [InlineData("dataset: ^ds_")]
    [InlineData("pipeline: '(a+)+$'")]
    public void A_name_that_fits_is_not(string naming)
    {
        var factory = TestText.Factory("pl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.pipeline.yaml", Pipeline).With(FactoryConfiguration.Parse(new SourceText("naming:\n  " + naming)));
        Assert.DoesNotContain(LanguageFeatures.GetDiagnostics(factory, factory.Documents.Values.First(), default), d => d.Code == "PW5010");
    }
}
