using System;
using System.Globalization;
using PgSecurity.Endurance;

// Rounds of all that the module does on a sandbox, for an hour: dotnet run -c Release --project tests/PgSecurity.Endurance -- --minutes 60
// Exit code: 0 everything was flat; 1 something grew, or a round went wrong; 2 the arguments are not understood.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
EnduranceOptions options;
try
{
    options = EnduranceOptions.Parse(args, Environment.GetEnvironmentVariable("PGSECURITY_ENDURANCE_MINUTES"));
}
catch (FormatException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 2;
}

using EnduranceRun run = new(options, Console.Out);
return run.ToItsEnd() ? 0 : 1;
