using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Repository;

/// <summary>Whoever looks for a line of the log looks for its number.</summary>
public sealed class EventIdTests
{
    [Fact]
    public void Every_line_of_the_log_has_a_number_of_its_own()
    {
        (int Id, string Line)[] lines =
        [
            .. from type in typeof(SocketServer).Assembly.GetTypes()
               from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
               from attribute in method.GetCustomAttributes<LoggerMessageAttribute>()
               select (attribute.EventId, $"{type}.{method.Name}"),
        ];

        Assert.True(lines.Length >= 20, "The lines are not found.");
        Assert.All(lines.GroupBy(static line => line.Id), static same => Assert.Single(same));
    }
}
