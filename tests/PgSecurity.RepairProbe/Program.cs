using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PgSecurity;
using PgSecurity.Azure.Appliers;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Undo;

// A repair, or the undo of one, in a process of its own, for a test that ends it at any point.
// Arguments: the sandbox's address, the folder for journals, the folder of controls, the ids of controls, a file of servers' ids,
// and "undo" where all that repairs changed is to be taken back.
Uri address = new(args[0]);
ArmClient client = new(new ArmEndpoint(address), null, new ArmClientOptions { PollDelay = TimeSpan.Zero, RetryDelay = TimeSpan.FromMilliseconds(10) });
AzureSession session = new(client, null, AzureCloud.Public, "probe");
CompiledControl[] controls = ControlCatalog.Load(args[2]).Controls
    .Where(control => args[3].Split(',').Contains(control.Id))
    .Select(control => CompiledControl.Compile(control, ControlSettings.None))
    .ToArray();
Consents consents = new() { Restart = true, ConnectivityLoss = true, Cost = true, RecoveryPointLoss = true };
RoadOptions options = new() { Plan = new PlanOptions { Consents = consents }, ThrottleLimit = 8, Attempts = 40 };
using ChangeJournal journal = ChangeJournal.Begin(args[1]);
ChangeRun run = new(new ArmResourceService(client), new CollectedPostures(session), new ImpatientClock(), journal, options);
IEnumerable<ChangeRequest> requests = args.Contains("undo")
    ? UndoPlanner.Plan(JournalReader.Read(args[1], new List<string>()).Where(entry => entry.Undoes.Length == 0), new UndoOptions())
    : File.ReadAllLines(args[4]).Select(id => new ChangeRequest(ServerId.Parse(id), controls));
int failures = 0;
await run.RunAsync(
    requests,
    change =>
    {
        if (change.Status is not (ChangeStatus.Failed or ChangeStatus.Skipped)) return;
        failures++;
        Console.WriteLine($"{change} {change.Reason}");
    },
    CancellationToken.None);
return failures == 0 ? 0 : 1;
