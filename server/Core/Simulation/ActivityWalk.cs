// One run of an activity while it goes on.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

internal sealed class ActivityWalk
{
    private static readonly ImmutableHashSet<string> InnerLists = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "activities", "ifTrueActivities", "ifFalseActivities", "cases", "defaultActivities");

    private static readonly ImmutableArray<string> BesideTypeProperties = ["inputs", "outputs", "linkedServiceName"];

    private readonly List<ActivityAttempt> _attempts = [];
    private readonly ValueResolver _resolver;
    private DateTime _start;
    private DateTime _end;
    private ActivityRunStatus? _status;
    private ExpressionValue? _output;
    private ActivityRun? _earlier;
    private ObjectValue _userProperties = ObjectValue.Empty;

    public ActivityWalk(ListWalk list, ActivityNode node)
    {
        List = list;
        Node = node;
        RunId = list.Run.Simulation.NextId();
        _start = list.Run.Simulation.Clock.Now;
        _resolver = new ValueResolver(list.Run, list.Scope, node.Name);
        Tally = list.Run.Tally.Of(node);
    }

    public ListWalk List { get; }

    public ActivityNode Node { get; }

    public string Type => Node.Activity.Type ?? "";

    public string RunId { get; }

    public PipelineWalk Run => List.Run;

    public Simulation Simulation => Run.Simulation;

    public ActivityTally Tally { get; }

    public bool IsEnded => _status is not null;

    /// <summary>What those that wait for it see. Only after it has ended.</summary>
    public ActivityRunStatus CountsAs { get; private set; }

    public AnswerSource Source { get; set; }

    /// <summary>It ended as it did in an earlier run, because neither it nor anything before it ran again.</summary>
    public bool IsAsBefore { get; private set; }

    public RunError? Error { get; private set; }

    /// <summary>What the service would send. Empty until it starts.</summary>
    public ObjectValue Input { get; private set; } = ObjectValue.Empty;

    /// <summary>The lists of activities that it runs; null where it runs none.</summary>
    public InnerWalks? Inner { get; set; }

    /// <summary>The run that it started; null where it started none.</summary>
    public PipelineWalk? Child { get; set; }

    /// <summary>Whether it goes on until the run that it started has ended.</summary>
    public bool WaitsForChild { get; set; }

    public bool IsInputSecure { get; private set; }

    public bool IsOutputSecure { get; private set; }

    /// <param name="mayTakeOver">All that it waits for was taken from an earlier run.</param>
    public void Start(bool mayTakeOver)
    {
        if (IsEnded || !Simulation.CountStart())
        {
            return;
        }

        _start = Simulation.Clock.Now;
        if (Node.IsInactive)
        {
            End(ActivityRunStatus.Inactive, null, null);
        }
        else if (mayTakeOver && List == Run.Root && Run.Rerun?.Find(Node) is { } earlier)
        {
            TakeOver(earlier);
        }
        else
        {
            Guard(() =>
            {
                ReadSettings();
                ActivityKinds.Run(this);
            });
        }
    }

    /// <summary>Does something that may find out that a value cannot be made, which is a failure of the activity.</summary>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (UnresolvedException e)
        {
            End(ActivityRunStatus.Failed, null, e.Error);
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or ValueTooLargeException)
        {
            Fail(SimulationErrors.InvalidTemplate, e.Message, Node.Activity.Node);
        }
    }

    /// <param name="isAsBefore">All that it waits for ended as in an earlier run.</param>
    public void Skip(bool isAsBefore)
    {
        IsAsBefore = isAsBefore;
        End(ActivityRunStatus.Skipped, null, null, isToldBy: true);
    }

    public void Succeed(ExpressionValue? output) => End(ActivityRunStatus.Succeeded, output, null);

    /// <param name="place">The node at fault; null for the activity's name.</param>
    public void Fail(string code, string message, BoundNode? place) => End(ActivityRunStatus.Failed, null, MakeError(code, message, place));

    public void Fail(RunError error, ExpressionValue? output = null) => End(ActivityRunStatus.Failed, output, error);

    public RunError MakeError(string code, string message, BoundNode? place, string failureType = SimulationErrors.UserError) =>
        new(code, message, failureType, Node.Name, Run.Plan.PlaceOf(place ?? Node.Activity.Name ?? (BoundNode)Node.Activity.Node));

    /// <summary>Fails because of the list that it ran.</summary>
    public void FailBy(ListWalk inner)
    {
        var failed = inner.Failed!;
        var message = failed.Error?.Message ?? $"The activity is switched off and marked as {failed.CountsAs}.";
        Fail(new RunError(SimulationErrors.ActionFailed, SimulationErrors.InnerFailed(failed.Node.Name, message), SimulationErrors.UserError, Node.Name, failed.Error?.Place ?? Run.Plan.PlaceOf(Node.Activity.Node)));
    }

    /// <summary>Takes note of an attempt that has ended.</summary>
    public void AddAttempt(ActivityAttempt attempt)
    {
        _attempts.Add(attempt);
        Tally.Attempts++;
    }

    /// <param name="isRecursive">Whether the run that it waits for ends, too.</param>
    public void Cancel(bool isRecursive = true)
    {
        if (IsEnded)
        {
            return;
        }

        Inner?.Cancel(isRecursive);
        if (WaitsForChild && isRecursive)
        {
            Child?.Cancel(null);
        }

        _status = CountsAs = ActivityRunStatus.Cancelled;
        _end = Simulation.Clock.Now;
        Tally.CountEnd(ActivityRunStatus.Cancelled);
    }

    /// <exception cref="UnresolvedException">An expression in it gives an error.</exception>
    public ExpressionValue Resolve(BoundNode node) => _resolver.Resolve(node);

    /// <exception cref="UnresolvedException">An expression in it gives an error.</exception>
    public ExpressionValue Resolve(BoundNode node, ExpressionValue item) => _resolver.Resolve(node, item);

    /// <summary>A setting of the activity's policy, evaluated; null where it has none.</summary>
    /// <exception cref="UnresolvedException">An expression in it gives an error.</exception>
    public ExpressionValue? ReadPolicy(string name) => (Node.Activity.Node.FindValue("policy") as BoundObject)?.FindValue(name) is { } node ? Resolve(node) : null;

    /// <summary>The stub for an attempt; null where there is none.</summary>
    public ActivityStub? FindStub(int attempt) => Simulation.Request.Stubs.Find(new StubQuestion(
        Run.Plan.Name, Node.Name, Type, Node.ContainersAndSelf().Skip(1).Select(c => c.Name), List.Scope.Iteration, attempt));

    public long CountInner() => Inner?.Count() ?? 0;

    public ActivityRun ToRun() => new()
    {
        Name = Node.Name,
        Type = Type,
        RunId = RunId,
        Status = _status ?? ActivityRunStatus.Cancelled,
        CountsAs = IsEnded ? CountsAs : ActivityRunStatus.Cancelled,
        Start = _start,
        End = IsEnded ? _end : Simulation.Clock.Now,
        Input = _earlier is not null ? _earlier.Input : (IsInputSecure && !Simulation.Request.ShowsSecured) || Input.Names.IsEmpty ? null : Input,
        Output = IsOutputSecure && !Simulation.Request.ShowsSecured ? null : _output,
        IsInputSecure = IsInputSecure,
        IsOutputSecure = IsOutputSecure,
        Error = Error,
        Source = Source,
        Attempts = [.. _attempts],
        Branches = _earlier?.Branches ?? Inner?.ToBranches() ?? [],
        BranchCount = _earlier?.BranchCount ?? Inner?.Total ?? 0,
        FailedBranchCount = _earlier?.FailedBranchCount ?? Inner?.FailedCount ?? 0,
        Child = _earlier?.Child ?? Child?.ToRun(),
        UserProperties = _userProperties,
        Place = Run.Plan.PlaceOf(Node.Activity.Name ?? (BoundNode)Node.Activity.Node),
    };

    private void End(ActivityRunStatus status, ExpressionValue? output, RunError? error, bool isToldBy = false)
    {
        if (IsEnded)
        {
            return;
        }

        _status = status;
        CountsAs = status == ActivityRunStatus.Inactive ? Mark() : status;
        _output = output;
        Error = error;
        _end = Simulation.Clock.Now;
        Tally.CountEnd(status);
        if (Run.Plan.IsRead(Node.Name))
        {
            List.Scope.Add(Node.Name, ActivityResult.Of(this, _output, _start, _end));
        }

        if (!isToldBy)
        {
            List.OnEnded(this);
        }
    }

    private ActivityRunStatus Mark() => ActivityOutcomes.MarkOf(Node) switch
    {
        ActivityStatus.Failed => ActivityRunStatus.Failed,
        ActivityStatus.Skipped => ActivityRunStatus.Skipped,
        _ => ActivityRunStatus.Succeeded,
    };

    /// <summary>Ends as it did in an earlier run, with what it did then to variables and left behind for others to read.</summary>
    private void TakeOver(ActivityRun earlier)
    {
        _earlier = earlier;
        Source = AnswerSource.EarlierRun;
        IsAsBefore = true;
        IsInputSecure = earlier.IsInputSecure;
        IsOutputSecure = earlier.IsOutputSecure;
        RerunPlan.Replay(earlier, Run, List.Scope);
        End(earlier.CountsAs, earlier.Output, earlier.Error);
    }

    private void ReadSettings()
    {
        IsInputSecure = PlainValue.Boolean(ReadPolicy("secureInput")) == true;
        IsOutputSecure = PlainValue.Boolean(ReadPolicy("secureOutput")) == true;
        var later = ActivityKinds.EvaluatedLater(Type);
        var properties = (Node.TypeProperties?.Properties ?? []).Where(p => !InnerLists.Contains(p.Name) && !p.Name.Equals(later, StringComparison.OrdinalIgnoreCase));
        var beside = BesideTypeProperties.Select(n => Node.Activity.Node.Find(n)).OfType<BoundProperty>();
        Input = new ObjectValue(properties.Concat(beside).Select(p => KeyValuePair.Create(p.Name, Resolve(p.Value))).ToList());
        if (Node.Activity.Node.FindValue("userProperties") is BoundArray list)
        {
            _userProperties = new ObjectValue(from item in list.Items.OfType<BoundObject>()
                                              let name = item.FindString("name")
                                              let value = item.FindValue("value")
                                              where name is not null && value is not null
                                              select KeyValuePair.Create(name, Resolve(value)));
        }
    }
}
