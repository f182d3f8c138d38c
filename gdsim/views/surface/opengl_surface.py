"""Rendering a surface with OpenGL into an off-screen picture.

The picture is then painted like any other. QOpenGLWidget is not used, because with it Qt draws the
whole window with OpenGL: the window flickers when that begins, and all plots become slower where
OpenGL is implemented in software.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, qInstallMessageHandler
from PySide6.QtGui import QImage, QMatrix4x4, QOffscreenSurface, QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLFramebufferObjectFormat,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLTexture,
)
from shiboken6 import VoidPtr

from gdsim.core.arrays import Indices, Singles
from gdsim.core.surface.projection import Projection
from gdsim.core.surface.surface import Surface

# Parts of the names of software implementations of OpenGL.
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "gdi generic", "basic")
# Samples along each side of the mesh, with OpenGL in hardware and in software; 16-bit indices must
# be able to count all of them.
_FINE, _COARSE = 250, 128
_SMOOTH = 4

_COLOR_AND_DEPTH, _DEPTH_TEST = 0x4100, 0x0B71
_TRIANGLES, _SHORT, _FLOAT = 0x0004, 0x1403, 0x1406
_RENDERER = 0x1F01
# The bindings expect a pointer here, although their signature says otherwise.
_FROM_THE_FIRST: Any = VoidPtr(0)

_VERTEX = """
attribute vec3 place;
attribute vec2 share;
uniform mat4 view;
varying vec2 spot;
void main() {
    spot = share;
    gl_Position = view * vec4(place, 1.0);
}
"""
_FRAGMENT = """
#ifdef GL_ES
precision mediump float;
#endif
uniform sampler2D drape;
varying vec2 spot;
void main() {
    vec3 colour = texture2D(drape, spot).rgb;
    gl_FragColor = vec4(gl_FrontFacing ? colour : 0.6 * colour, 1.0);
}
"""


class NoOpenGL(RuntimeError):
    """OpenGL is not available, or has stopped working."""


class GlSurface:
    """Draws the surface as a mesh of triangles with the drape as its texture."""

    def __init__(self) -> None:
        """Raise ``NoOpenGL`` if OpenGL does not work."""
        surface_format = QSurfaceFormat()
        surface_format.setDepthBufferSize(24)
        self._screen = QOffscreenSurface()
        self._screen.setFormat(surface_format)
        self._context = QOpenGLContext()
        self._context.setFormat(surface_format)
        with _quietly():
            self._screen.create()
            if not self._context.create() or not self._context.makeCurrent(self._screen):
                raise NoOpenGL("no context")
            self._functions = self._context.functions()
            self._functions.initializeOpenGLFunctions()
            name = str(self._functions.glGetString(_RENDERER)).lower()
            self.is_software = any(word in name for word in _SOFTWARE)
            self._program = _program()
        self._corners = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._triangles = QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer)
        self._corners.create()
        self._triangles.create()
        self._count = 0
        self._texture: QOpenGLTexture | None = None
        self._frame: QOpenGLFramebufferObject | None = None
        self._context.doneCurrent()

    def set_surface(self, surface: Surface | None, drape: QImage | None) -> None:
        self._count = 0
        if surface is None or drape is None:
            return
        with self._current():
            corners, triangles = mesh(surface, _COARSE if self.is_software else _FINE)
            self._corners.bind()
            self._corners.allocate(corners.tobytes(), corners.nbytes)
            self._triangles.bind()
            self._triangles.allocate(triangles.tobytes(), triangles.nbytes)
            self._count = triangles.size
            if self._texture is not None:
                self._texture.destroy()
            self._texture = self._new_texture(drape)

    def picture(self, projection: Projection, width: int, height: int) -> QImage:
        with self._current():
            frame = self._frame_buffer(QSize(width, height))
            frame.bind()
            gl = self._functions
            gl.glViewport(0, 0, width, height)
            gl.glClearColor(0.0, 0.0, 0.0, 0.0)
            gl.glClear(_COLOR_AND_DEPTH)
            if self._count and self._texture is not None:
                self._draw(self._texture, _view(projection, width, height))
            image = frame.toImage()
            frame.release()
        return image

    def release(self) -> None:
        with suppress(NoOpenGL), self._current():
            for thing in (self._texture, self._corners, self._triangles):
                if thing is not None:
                    thing.destroy()
            self._program.removeAllShaders()
            self._texture = self._frame = None

    # Internals

    def _draw(self, texture: QOpenGLTexture, view: QMatrix4x4) -> None:
        gl, program = self._functions, self._program
        gl.glEnable(_DEPTH_TEST)
        program.bind()
        program.setUniformValue(program.uniformLocation("view"), view)
        texture.bind()
        self._corners.bind()
        self._triangles.bind()
        for location, (first, size) in enumerate(((0, 3), (3, 2))):
            program.enableAttributeArray(location)
            program.setAttributeBuffer(location, _FLOAT, 4 * first, size, 20)
        gl.glDrawElements(_TRIANGLES, self._count, _SHORT, _FROM_THE_FIRST)
        program.release()

    def _new_texture(self, drape: QImage) -> QOpenGLTexture:
        fine = not self.is_software
        levels = QOpenGLTexture.MipMapGeneration
        texture = QOpenGLTexture(
            drape, levels.GenerateMipMaps if fine else levels.DontGenerateMipMaps
        )
        kind = QOpenGLTexture.Filter
        texture.setMinMagFilters(kind.LinearMipMapLinear if fine else kind.Linear, kind.Linear)
        texture.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        if fine and texture.hasFeature(QOpenGLTexture.Feature.AnisotropicFiltering):
            texture.setMaximumAnisotropy(8.0)
        return texture

    def _frame_buffer(self, size: QSize) -> QOpenGLFramebufferObject:
        if self._frame is None or self._frame.size() != size:
            kind = QOpenGLFramebufferObjectFormat()
            kind.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
            kind.setSamples(0 if self.is_software else _SMOOTH)
            self._frame = QOpenGLFramebufferObject(size, kind)
            if not self._frame.isValid():
                raise NoOpenGL("no frame buffer")
        return self._frame

    @contextmanager
    def _current(self) -> Iterator[None]:
        if not self._context.makeCurrent(self._screen):
            raise NoOpenGL("the context is lost")
        try:
            yield
        finally:
            self._context.doneCurrent()


def _program() -> QOpenGLShaderProgram:
    program = QOpenGLShaderProgram()
    stages = QOpenGLShader.ShaderTypeBit
    for location, name in enumerate(("place", "share")):
        program.bindAttributeLocation(name, location)
    if not (
        program.addShaderFromSourceCode(stages.Vertex, _VERTEX)
        and program.addShaderFromSourceCode(stages.Fragment, _FRAGMENT)
        and program.link()
    ):
        raise NoOpenGL("no shaders")
    return program


def _view(projection: Projection, width: int, height: int) -> QMatrix4x4:
    """The matrix from the box of the surface to OpenGL's cube, in which −1 is nearest."""
    x, y = 2 * projection.scale / width, 2 * projection.scale / height
    right, up, eye = projection.right * x, projection.up * y, projection.eye / -2
    left = 2 * projection.middle[0] / width - 1
    bottom = 1 - 2 * projection.middle[1] / height
    rows = ((*right, left), (*up, bottom), (*eye, 0.0), (0.0, 0.0, 0.0, 1.0))
    return QMatrix4x4([float(value) for row in rows for value in row])


def mesh(surface: Surface, most: int) -> tuple[Singles, NDArray[np.uint16]]:
    """The mesh of a surface with at most ``most`` samples along each side.

    Returns
    -------
    corners : (n, 5), x, y, z in the box, and the position in the texture from 0 to 1.
    triangles : (m, 3), indices of corners, anticlockwise seen from above; none touches a hole.
    """
    rows, columns = surface.heights.shape
    i = np.unique(np.linspace(0, columns - 1, min(most, columns)).round().astype(np.intp))
    j = np.unique(np.linspace(0, rows - 1, min(most, rows)).round().astype(np.intp))
    heights = _thinned(_thinned(surface.heights, j).T, i).T
    corners = np.empty((len(j), len(i), 5), dtype=np.float32)
    u, v = i / (columns - 1), j / (rows - 1)
    corners[..., 0] = (u - 0.5) * surface.size[0]
    corners[..., 1] = ((v - 0.5) * surface.size[1])[:, None]
    corners[..., 2] = (np.nan_to_num(heights, nan=0.5) - 0.5) * surface.size[2]
    corners[..., 3] = u
    corners[..., 4] = (1 - v)[:, None]
    number = np.arange(heights.size, dtype=np.uint16).reshape(heights.shape)
    near, far = number[:-1], number[1:]
    triangles = np.stack(
        (near[:, :-1], near[:, 1:], far[:, :-1], far[:, :-1], near[:, 1:], far[:, 1:]), axis=-1
    ).reshape(-1, 3)
    holes = np.isnan(heights).ravel()
    if holes.any():
        triangles = triangles[~holes[triangles].any(axis=1)]
    return corners.reshape(-1, 5), np.ascontiguousarray(triangles)


def _thinned(heights: Singles, rows: Indices) -> Singles:
    """These rows, each the mean of the rows near it, so that narrow valleys do not look jagged."""
    reach = max(1, round(len(heights) / len(rows))) // 2
    near = [np.clip(rows + offset, 0, len(heights) - 1) for offset in range(-reach, reach + 1)]
    result: Singles = np.mean([heights[indices] for indices in near], axis=0)
    return result


@contextmanager
def _quietly() -> Iterator[None]:
    """Suppress messages of Qt and of the drivers on standard error while OpenGL is tried."""
    handler = qInstallMessageHandler(_ignore)
    kept = sink = -1
    with suppress(OSError):
        kept = os.dup(2)
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 2)
    try:
        yield
    finally:
        with suppress(OSError):
            if sink >= 0:
                os.dup2(kept, 2)
        for file in (kept, sink):
            if file >= 0:
                os.close(file)
        qInstallMessageHandler(handler)


def _ignore(*_: object) -> None:
    """A message handler that writes nothing."""
