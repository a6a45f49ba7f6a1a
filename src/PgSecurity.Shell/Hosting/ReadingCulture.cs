using System.Globalization;

namespace PgSecurity.Shell.Hosting;

/// <summary>
/// The culture in which output is formatted. The engine breaks lines between words only for languages that it knows;
/// where the process has none, as in a container without locale, the output is English all the same.
/// </summary>
internal static class ReadingCulture
{
    /// <summary>Takes English where the process has no culture; a culture that is there stays.</summary>
    public static void Set()
    {
        if (CultureInfo.CurrentCulture.Name.Length > 0) return;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture;
        }
        catch (CultureNotFoundException)
        {
            // The runtime has no cultures at all: lines break where they are full.
        }
    }
}
