using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests;

/// <summary>Most of the real factories were accepted by the service, so an error found in them is ours until it is proven otherwise.</summary>
public sealed class CorpusValidationTests
{
    private const string Unfinished = "An activity that was begun and never filled in: the service refuses the pipeline.";

    private const string SameName = "Two files declare one name: a copy left behind, or templates that share a placeholder.";

    private const string NoSuchActivity = "The pipeline has no activity of that name: a run fails.";

    private const string NoSuchFunction = "The language has no function of that name: a run fails.";

    private const string NoSuchParameter = "The linked service declares no parameters, and reads one: it cannot be used.";

    private const string WrongPlace = "A dataset knows no pipeline and no item: a run fails.";

    private const string NoValue = "A parameter without default gets no value: the connection cannot be resolved.";

    private const string OtherType = "The connection was made for another type than it has now: it cannot be read.";

    private const string NotAnArray = "A loop over what is not an array: a run fails.";

    private const string AddressAsPath = "The address of a page in place of a notebook's path: the service refuses it in a run.";

    /// <summary>The errors that are truly there, by factory, file, line and code, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["AbePabbathi__oneenv-adf/pipeline/pipeline1.json:19 PW6002"] = AddressAsPath,
        ["AbePabbathi__oneenv-adf/pipeline/pipeline3.json:284 PW3207"] = NotAnArray,
        ["AlaiY95__AzureDataLakeForge/linkedService/AzureDataLakeStorage.json:6 PW3104"] = NoSuchParameter,
        ["AlaiY95__AzureDataLakeForge/linkedService/AzureDatabricks.json:6 PW3104"] = NoSuchParameter,
        ["AlaiY95__AzureDataLakeForge/linkedService/AzureKeyVault.json:6 PW3104"] = NoSuchParameter,
        ["Azure-Player__azure.datafactory.tools__adhoc__issue-240/pipeline/pl_nav_extract.json:2 PW4002"] = SameName,
        ["Azure-Player__azure.datafactory.tools__adhoc__issue-240/pipeline/pl_nav_extract.json:7 PW2003"] = Unfinished,
        ["Azure-Player__azure.datafactory.tools__adhoc__issue-240/pipeline/~pl_nav_extract.json:1 PW2003"] = Unfinished,
        ["Azure-Player__azure.datafactory.tools__adhoc__issue-240/pipeline/~pl_nav_extract.json:1 PW4002"] = SameName,
        ["Azure-Player__azure.datafactory.tools__test__BigFactorySample2/pipeline/Multiple Waits.json:76 PW4101"] = NoSuchActivity,
        ["DishadJahan__GeekCoders_AzureDataEngineering_AzureDataFactory/dataset/Parquet_Sink.json:19 PW3103"] = WrongPlace,
        ["DishadJahan__GeekCoders_AzureDataEngineering_AzureDataFactory/dataset/Parquet_Sink.json:23 PW3103"] = WrongPlace,
        ["FlindersPlanka__AzureDataFactory/pipeline/_Process Type 10 - Transform Multiple Dataset into Single Delta Table.json:123 PW3107"] = NoSuchActivity,
        ["FlindersPlanka__AzureDataFactory/pipeline/_Process Type 10 - Transform Multiple Dataset into Single Delta Table.json:166 PW3107"] = NoSuchActivity,
        ["KenshoHigashi__labs-adf/dataset/DelimitedText1.json:14 PW3103"] = WrongPlace,
        ["KenshoHigashi__labs-adf/dataset/DelimitedText2.json:14 PW3103"] = WrongPlace,
        ["KenshoHigashi__labs-adf/dataset/DelimitedText3.json:13 PW3103"] = WrongPlace,
        ["Romualddemsong__ADF-ingestion-API/pipeline/API_data_ingestion_github.json:39 PW2003"] = Unfinished,
        ["Stephenarajm__Azure-Data-Factory-Full-Course-From-Beginner-to-PRO-ADF-Real-Time-Scenarios/pipeline/pl_only_selected_files_copy1.json:49 PW3203"] = NotAnArray,
        ["ansil21__bikes-retail-de-project/pipeline/bike_data_copy_pipeline.json:7 PW4256"] = Unfinished,
        ["ansil21__bikes-retail-de-project/pipeline/bike_data_copy_pipeline.json:17 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_emr_src_to_bronze.json:165 PW4004"] = NoValue,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_emr_src_to_bronze.json:216 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_emr_src_to_bronze.json:231 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_load_asql_db.json:7 PW4256"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_load_asql_db.json:24 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_load_asql_db.json:40 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_load_asql_db.json:46 PW2003"] = Unfinished,
        ["bhaskara-andra__revenue-cycle-management/pipeline/pl_rcm.json:7 PW2003"] = Unfinished,
        ["kromerm__makadfwestus2/dataset/RestResource1.json:5 PW4004"] = NoValue,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AWS_RDSORA_AZ_Storage_Parquet_{IR}.json:2 PW4002"] = SameName,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AWS_RDSORA_Full_Load_{IR}.json:2 PW4002"] = SameName,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AWS_RDSORA_Full_Load_{IR}.json:47 PW4412"] = OtherType,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AWS_RDSORA_Full_Load_{IR}.json:73 PW4004"] = NoValue,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AZ_SQL_AZ_Storage_Parquet_{IR}.json:2 PW4002"] = SameName,
        ["microsoft__azure-data-services-go-fast-codebase__solution__DataFactory__Templates/pipeline/AZ_SQL_Full_Load_{IR}.json:2 PW4002"] = SameName,
        ["mrpaulandrew__CommunityEvents__SQLSat-Manchester-2018__Data Factory JSON/pipeline/Is File There Yet.json:10 PW3101"] = NoSuchFunction,
        ["mrpaulandrew__CommunityEvents__SQLSat-Manchester-2018__Data Factory JSON/pipeline/Local SQL Upload.json:54 PW3101"] = NoSuchFunction,
        ["mrpaulandrew__CommunityEvents__SQLSat-Manchester-2018__Data Factory JSON/pipeline/Stop SSIS IR.json:17 PW2003"] = Unfinished,
        ["mrpaulandrew__CommunityEvents__SQLSat-Manchester-2018__Data Factory JSON/pipeline/Stop SSIS IR.json:50 PW2003"] = Unfinished,
        ["mrpaulandrew__CommunityEvents__SQLSat-Manchester-2018__Data Factory JSON/pipeline/Stop SSIS IR.json:7 PW2003"] = Unfinished,
        ["polikuu__Datafactory/dataset/Genres_silver.json:15 PW4411"] = OtherType,
        ["polikuu__Datafactory/dataset/Language_silver.json:15 PW4411"] = OtherType,
        ["polikuu__Datafactory/dataset/Movie_Bronze.json:15 PW4411"] = OtherType,
        ["polikuu__Datafactory/dataset/Movie_silver.json:15 PW4411"] = OtherType,
        ["raojyothirmayee21-commits__azure-etl-pipeline/pipeline/PL_ETL_Pipeline.json:179 PW2003"] = Unfinished,
        ["raojyothirmayee21-commits__azure-etl-pipeline/pipeline/PL_ETL_Pipeline.json:184 PW2003"] = Unfinished,
        ["raojyothirmayee21-commits__azure-etl-pipeline/pipeline/PL_ETL_Pipeline.json:204 PW2003"] = Unfinished,
        ["varhrk__covid-reporting/pipeline/PL_multi.json:31 PW4004"] = NoValue,
        ["varhrk__covid-reporting/pipeline/Pl_multiplefilescopyDB.json:50 PW3203"] = NotAnArray,
        ["varhrk__covid-reporting/pipeline/pl_database_each_seperatly.json:54 PW4004"] = NoValue,
    };

    [CorpusFact]
    public void No_error_is_reported_that_is_not_there()
    {
        var errors = new List<(string Place, string Message)>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var folder in CorpusFiles.Factories)
        {
            var factory = FactorySnapshot.Empty.With(CorpusFiles.Load(folder));
            foreach (var document in factory.Documents.Values.OrderBy(d => d.Path, StringComparer.Ordinal))
            {
                foreach (var diagnostic in LanguageFeatures.GetDiagnostics(factory, document, default))
                {
                    counts[diagnostic.Code] = counts.GetValueOrDefault(diagnostic.Code) + 1;
                    if (diagnostic.Severity == DiagnosticSeverity.Error)
                    {
                        var line = document.Text.GetPosition(diagnostic.Span.Start).Line + 1;
                        errors.Add(($"{Path.GetFileName(folder)}/{document.Path}:{line} {diagnostic.Code}", diagnostic.Message));
                    }
                }
            }
        }

        var surprising = errors.Where(e => !Known.ContainsKey(e.Place)).ToList();
        Assert.True(surprising.Count == 0, $"{surprising.Count} errors; findings by code: {string.Join(", ", counts)}\n{string.Join('\n', surprising.Take(400))}");
        Assert.True(!Known.Keys.Except(errors.Select(e => e.Place)).Any(), "No more: " + string.Join('\n', Known.Keys.Except(errors.Select(e => e.Place))));
    }
}
