using System.Collections;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Options;

public sealed class ListenerDefaultsTests
{
    public static TheoryData<string> Paths => [.. PathsOf(typeof(CommonListenerOptions), "")];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_general_value_holds_where_the_listener_has_none(string path)
    {
        var server = new SocketServerOptions();
        object? other = Change(server.ListenerDefaults, path);
        var listener = new ListenerOptions("a", "tcp://127.0.0.1:0");

        listener.Inherit(server.ListenerDefaults);

        Assert.Equal(other, Get(listener, path));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_listeners_own_value_wins_even_when_it_is_the_built_in_default(string path)
    {
        var server = new SocketServerOptions();
        Change(server.ListenerDefaults, path);
        var listener = new ListenerOptions("a", "tcp://127.0.0.1:0");
        object? builtIn = Get(listener, path);
        Set(listener, path, builtIn);

        listener.Inherit(server.ListenerDefaults);

        Assert.Equal(builtIn, Get(listener, path));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_general_value_changes_that_value_alone(string path)
    {
        var server = new SocketServerOptions();
        Change(server.ListenerDefaults, path);
        var listener = new ListenerOptions("a", "tcp://127.0.0.1:0");

        listener.Inherit(server.ListenerDefaults);

        var untouched = new ListenerOptions("a", "tcp://127.0.0.1:0");
        Assert.All(PathsOf(typeof(CommonListenerOptions), "").Where(other => other != path), other => Assert.Equal(Get(untouched, other), Get(listener, other)));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_copy_has_every_value_and_shares_none(string path)
    {
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0");
        object? other = Change(options, path);

        ListenerOptions copy = options.Copy();
        object? before = Get(copy, path);
        Set(options, path, Get(new ListenerOptions("a", "tcp://127.0.0.1:0"), path));

        Assert.Equal((other, other), (before, Get(copy, path)));
    }

    [Fact]
    public async Task Listeners_open_with_them()
    {
        var options = new SocketServerOptions { ListenerDefaults = { Limits = { MaxConnections = 7 }, Tls = { Alpn = { "mqtt" } } } };
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: options);

        Assert.Equal(7, server.Listener.MaxConnections);
        Assert.Equal(["mqtt"], server.Listener.Options.Tls.Alpn);
    }

    [Fact]
    public void Their_faults_are_named_with_the_path_of_the_defaults()
    {
        var options = new SocketServerOptions { ListenerDefaults = { Limits = { MaxFrame = 0 } } };

        OptionFault fault = Assert.Single(options.Validate());

        Assert.Equal("Server:ListenerDefaults:Limits:MaxFrame", fault.Option);
    }

    [Fact]
    public void Protocols_of_the_listener_replace_the_general_ones()
    {
        var server = new SocketServerOptions { ListenerDefaults = { Tls = { Alpn = { "mqtt", "amqp" } } } };
        var listener = new ListenerOptions("a", "tcp://127.0.0.1:0") { Tls = { Alpn = { "echo" } } };

        listener.Inherit(server.ListenerDefaults);

        Assert.Equal(["echo"], listener.Tls.Alpn);
    }

    [Fact]
    public void Probes_may_be_tuned_for_all_and_switched_on_by_some()
    {
        var server = new SocketServerOptions { ListenerDefaults = { Socket = { KeepAliveIdle = TimeSpan.FromSeconds(60), Raw = { new RawOption(1, 12, 6) } } } };
        var listener = new ListenerOptions("a", "tcp://127.0.0.1:0") { Socket = { KeepAlive = true } };

        listener.Inherit(server.ListenerDefaults);

        Assert.Empty(server.Validate());
        Assert.Empty(listener.Validate());
        Assert.Equal((TimeSpan.FromSeconds(60), 1), (listener.Socket.KeepAliveIdle!.Value, listener.Socket.Raw.Count));
    }

    // Every settable value of every group, as the path that names it everywhere else.
    private static IEnumerable<string> PathsOf(Type type, string prefix)
    {
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (property.SetMethod is { IsPublic: true })
            {
                yield return prefix + property.Name;
            }
            else if (!typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                foreach (string path in PathsOf(property.PropertyType, $"{prefix}{property.Name}:"))
                {
                    yield return path;
                }
            }
        }
    }

    private static object? Change(CommonListenerOptions options, string path)
    {
        object? other = Another(Get(options, path), Find(options, path).Property.PropertyType);
        Set(options, path, other);
        return other;
    }

    private static object? Get(CommonListenerOptions options, string path)
    {
        (object group, PropertyInfo property) = Find(options, path);
        return property.GetValue(group);
    }

    private static void Set(CommonListenerOptions options, string path, object? value)
    {
        (object group, PropertyInfo property) = Find(options, path);
        property.SetValue(group, value);
    }

    private static (object Group, PropertyInfo Property) Find(CommonListenerOptions options, string path)
    {
        string[] names = path.Split(':');
        object group = names[..^1].Aggregate((object)options, static (owner, name) => owner.GetType().GetProperty(name)!.GetValue(owner)!);
        return (group, group.GetType().GetProperty(names[^1])!);
    }

    private static object? Another(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(int) => (value as int? ?? 100) + 1,
            _ when plain == typeof(bool) => !(value as bool? ?? false),
            _ when plain == typeof(TimeSpan) => (value as TimeSpan? ?? TimeSpan.FromSeconds(1)) + TimeSpan.FromSeconds(7),
            _ when plain == typeof(string) => "other",
            _ when plain == typeof(SslProtocols) => SslProtocols.Tls12,
            _ when plain.IsEnum => Enum.GetValues(plain).Cast<object>().First(candidate => !candidate.Equals(value)),
            _ when plain == typeof(PacketType) => PacketType.Four,
            _ when plain == typeof(PerAddressOptions) => new PerAddressOptions(200),
            _ when plain == typeof(Refusal) => Refusal.Close,
            _ when plain == typeof(CertificateSource) => TestCertificates.Server,
            _ when plain == typeof(RemoteCertificateValidationCallback) => (RemoteCertificateValidationCallback)((_, _, _, errors) => errors == SslPolicyErrors.None),
            _ => throw new NotSupportedException($"Give another value of {plain.Name} here."),
        };
    }
}
