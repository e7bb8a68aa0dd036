using System.Runtime.CompilerServices;
using EsockdNetty;

namespace HotSwap;

/// <summary>Loads versions of the handlers, one in use at a time, and knows which of those before it are gone.</summary>
internal sealed class HandlerVersions(string folder)
{
    private readonly List<WeakReference> _loaded = [];
    private HandlerContext? _current;

    /// <summary>Loads a version for connections to come. The one before it is let go: the runtime unloads it when nobody is served by it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public PipelineInitializer Use(string version)
    {
        var next = new HandlerContext(version);
        PipelineInitializer handlers = next.Load(Path.Combine(folder, version, "Handlers.dll"));
        _loaded.Add(new WeakReference(next, trackResurrection: true));
        _current?.Unload();
        _current = next;
        return handlers;
    }

    /// <summary>Names of the versions that are in memory, after a collection.</summary>
    public string[] Loaded()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _loaded.RemoveAll(static version => !version.IsAlive);
        return Names();
    }

    // Out of line, so that no frame that waits keeps one of them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string[] Names() => [.. _loaded.Select(static version => (version.Target as HandlerContext)?.Name).OfType<string>()];
}
